using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Server.Ingestion;
using Tracker.Server.Model;
using Tracker.Server.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Catalog;

internal static class CampaignMapping
{
    public static IReadOnlyList<CatalogDraft> ToCore(this Wire.UpsertCampaignsRequest request)
    {
        BatchRules.Check(request.Campaigns.Count, "campaigns");
        return [.. request.Campaigns.Select(ToCore)];
    }

    public static Wire.CatalogCampaign ToCampaign(this CatalogEntry entry) => new()
    {
        CampaignId = entry.Id,
        Name = entry.Name,
        Channel = (Wire.Channel)(entry.Campaign?.Channel ?? Channel.Unspecified),
        StartsAt = (entry.Campaign?.StartsAt).ToWire(),
        EndsAt = (entry.Campaign?.EndsAt).ToWire(),
        Cost = (entry.Campaign?.Cost).ToWire(),
        ContactChannels = { (entry.Campaign?.ContactChannels).OrEmpty().Select(channel => (Wire.ContactChannel)channel) },
        Attributes = { entry.Attributes.ToWire() },
        UpdatedAt = entry.UpdatedAt.ToWire(),
        ExpireAt = entry.ExpireAt.ToWire(),
    };

    private static CatalogDraft ToCore(Wire.CatalogCampaign wire)
    {
        var violations = new List<Violation>();
        var item = new Place(violations);
        return new CatalogDraft
        {
            Kind = CatalogKind.Campaign,
            Id = wire.CampaignId,
            Name = wire.Name,
            Campaign = new()
            {
                Channel = CoreEnum.Of<Channel>((int)wire.Channel, item, "channel"),
                StartsAt = wire.StartsAt.ToCore(item, "starts_at"),
                EndsAt = wire.EndsAt.ToCore(item, "ends_at"),
                Cost = wire.Cost.ToCore(item, "cost"),
                ContactChannels = wire.ContactChannels.ToCore(item, "contact_channels"),
            },
            Attributes = wire.Attributes.ToCore(item, "attributes") ?? [],
            Violations = violations,
        };
    }
}
