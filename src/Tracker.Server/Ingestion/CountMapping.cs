using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Ingestion;

internal static class CountMapping
{
    public static IReadOnlyList<CountDraft> ToCore(this Wire.RecordCountsRequest request)
    {
        BatchRules.Check(request.Counts.Count, "counts");
        return [.. request.Counts.Select(ToCore)];
    }

    public static Wire.RecordCountsResponse ToWire(this IReadOnlyList<CountOutcome> outcomes) => new()
    {
        Results = { outcomes.Select((outcome, i) => ToWire(outcome, $"counts[{i}]")) },
    };

    private static CountDraft ToCore(Wire.Count wire)
    {
        var violations = new List<Violation>();
        var item = new Place(violations);
        return new CountDraft
        {
            MessageId = wire.MessageId,
            Metric = wire.Metric,
            StoreId = wire.StoreId.OrNull(),
            Channel = CoreEnum.Of<Channel>((int)wire.Channel, item, "channel"),
            StartedAt = wire.StartedAt.ToCore(item, "started_at"),
            EndedAt = wire.EndedAt.ToCore(item, "ended_at"),
            Value = wire.Value,
            Violations = violations,
        };
    }

    private static Wire.CountResult ToWire(CountOutcome outcome, string item) => new()
    {
        MessageId = outcome.MessageId,
        Outcome = (Wire.Outcome)outcome.Outcome,
        Violations = { outcome.Violations.ToWire(item) },
    };
}
