using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Profiles.Summaries;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Profiles;

internal static class SummaryMapping
{
    public static ProfileQuery ToCore(this Wire.GetProfileSummaryRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new ProfileQuery(request.Profile.ToCore(at, "profile"), request.Purpose.Required(at, "purpose"));
        violations.ThrowIfAny();
        return query;
    }

    public static Wire.StageChange ToWire(this StageChange change) => new()
    {
        Stage = (Wire.Stage)change.Stage,
        ChangedAt = change.At.ToWire(),
        Fact = change.Fact is { } fact ? EnumNames<FactKind>.Of(fact) : "",
    };

    public static Wire.GetProfileSummaryResponse ToWire(this ProfileSummary summary) => new()
    {
        ProfileId = summary.Id.ToWire(),
        InteractionCount = summary.Count,
        CutOff = summary.IsCutOff,
        Channels = { summary.Channels.Select(ToWire) },
        Purchases = { summary.Purchases.Select(ToWire) },
        Preferences = { summary.Preferences.Select(ToWire) },
    };

    private static Wire.ChannelUse ToWire(ChannelUse use) => new()
    {
        Channel = (Wire.Channel)use.Channel,
        Count = use.Count,
        FirstAt = use.FirstAt.ToWire(),
        LastAt = use.LastAt.ToWire(),
    };

    private static Wire.PurchaseTotals ToWire(PurchaseTotals totals) => new()
    {
        OrderCount = totals.Orders,
        Units = totals.Units.ToWire(),
        Revenue = ((Money?)totals.Revenue).ToWire(),
        AverageOrderValue = ((Money?)totals.Average).ToWire(),
        FirstAt = totals.FirstAt.ToWire(),
        LastAt = totals.LastAt.ToWire(),
        EndedCount = totals.Ended,
        EndedAmount = ((Money?)totals.EndedAmount).ToWire(),
    };

    private static Wire.ObservedPreference ToWire(ObservedPreference preference) => new()
    {
        Trait = preference.Trait,
        Value = preference.Value,
        Count = preference.Count,
        LastAt = preference.LastAt.ToWire(),
        LastMessageId = preference.LastSource,
    };
}
