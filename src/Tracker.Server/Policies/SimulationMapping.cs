using System.Globalization;
using Tracker.Core.Model;
using Tracker.Core.Retention.Simulation;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal static class SimulationMapping
{
    public static SimulationDraft ToCore(this Wire.SimulateRetentionRequest request)
    {
        var violations = new List<Violation>();
        var purpose = request.Purpose.Required(new Place(violations), "purpose");
        violations.ThrowIfAny();
        return new() { Purpose = purpose, Changes = [.. request.Changes.Select(ToCore)], MaxProfiles = request.MaxProfiles };
    }

    public static Wire.SimulateRetentionResponse ToWire(this SimulationProgress progress) => new()
    {
        Profiles = progress.Profiles,
        Done = progress.IsDone,
        Complete = progress.IsComplete,
        Effects = { progress.Effects.Select(ToWire) },
    };

    private static RuleChange ToCore(Wire.RetentionRuleChange change) =>
        new(change.RuleId, [.. change.Terminators.Select(end => new ProposedEnd(end.Anchor, end.Period, end.IsFloor))], change.OuterCap);

    private static Wire.RetentionEffect ToWire(SimulatedEffect effect) => new()
    {
        RuleId = effect.RuleId,
        RetentionClass = (Wire.RetentionClass)effect.Class,
        Documents = effect.Documents,
        DeletedNow = effect.DeletedNow,
        StrippedNow = effect.StrippedNow,
        Ends = { effect.EndingIn.OrderBy(month => month.Key).Select(month => new Wire.MonthlyEnd { Month = month.Key.ToString("yyyy-MM", CultureInfo.InvariantCulture), Documents = month.Value }) },
    };
}
