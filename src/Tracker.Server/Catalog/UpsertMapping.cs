using Tracker.Core.Catalog;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Catalog;

internal static class UpsertMapping
{
    public static Wire.UpsertProductsResponse ToProductsResponse(this IReadOnlyList<UpsertOutcome> outcomes) =>
        new() { Results = { ToWire(outcomes, "products") } };

    public static Wire.UpsertStoresResponse ToStoresResponse(this IReadOnlyList<UpsertOutcome> outcomes) =>
        new() { Results = { ToWire(outcomes, "stores") } };

    public static Wire.UpsertCampaignsResponse ToCampaignsResponse(this IReadOnlyList<UpsertOutcome> outcomes) =>
        new() { Results = { ToWire(outcomes, "campaigns") } };

    private static IEnumerable<Wire.UpsertResult> ToWire(IReadOnlyList<UpsertOutcome> outcomes, string list) =>
        outcomes.Select(outcome => new Wire.UpsertResult
        {
            Index = outcome.Index,
            Outcome = (Wire.Outcome)outcome.Outcome,
            Violations = { outcome.Violations.ToWire($"{list}[{outcome.Index}]") },
        });
}
