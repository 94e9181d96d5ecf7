using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class OnlineMapping
{
    public static OnlineContext? ToCore(this Wire.OnlineContext? wire, Place at) => wire is null ? null : new()
    {
        IpAddress = wire.IpAddress.OrNull(),
        UserAgent = wire.UserAgent.OrNull(),
        PageUrl = wire.PageUrl.OrNull(),
        PageTitle = wire.PageTitle.OrNull(),
        Referrer = wire.Referrer.OrNull(),
        SessionId = wire.SessionId.OrNull(),
        SearchTerm = wire.SearchTerm.OrNull(),
        TimeSpent = wire.TimeSpent.ToCore(at, "time_spent"),
        Campaign = ToCore(wire.Campaign),
        Properties = wire.Properties.ToCore(at, "properties"),
    };

    public static Wire.OnlineContext? ToWire(this OnlineContext? online) => online is null ? null : new()
    {
        IpAddress = online.IpAddress.OrEmpty(),
        UserAgent = online.UserAgent.OrEmpty(),
        PageUrl = online.PageUrl.OrEmpty(),
        PageTitle = online.PageTitle.OrEmpty(),
        Referrer = online.Referrer.OrEmpty(),
        SessionId = online.SessionId.OrEmpty(),
        SearchTerm = online.SearchTerm.OrEmpty(),
        TimeSpent = online.TimeSpent.ToWire(),
        Campaign = ToWire(online.Campaign),
        Properties = { online.Properties.ToWire() },
    };

    private static Campaign? ToCore(Wire.Campaign? wire) => wire is null ? null : new()
    {
        CampaignId = wire.CampaignId.OrNull(),
        Name = wire.Name.OrNull(),
        Source = wire.Source.OrNull(),
        Medium = wire.Medium.OrNull(),
        Term = wire.Term.OrNull(),
        Content = wire.Content.OrNull(),
    };

    private static Wire.Campaign? ToWire(Campaign? campaign) => campaign is null ? null : new()
    {
        CampaignId = campaign.CampaignId.OrEmpty(),
        Name = campaign.Name.OrEmpty(),
        Source = campaign.Source.OrEmpty(),
        Medium = campaign.Medium.OrEmpty(),
        Term = campaign.Term.OrEmpty(),
        Content = campaign.Content.OrEmpty(),
    };
}
