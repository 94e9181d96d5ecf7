using System.Diagnostics.Metrics;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>Counts by outcome and reason; tag values are small closed sets, never anything of a person.</summary>
public sealed class IngestionMetrics
{
    public const string MeterName = "Tracker.Ingestion";

    private readonly Counter<long> _interactions;
    private readonly Counter<long> _claims;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _batch;

    public IngestionMetrics(IMeterFactory meters, IngestionQueue queue)
    {
        var meter = meters.Create(MeterName);
        _interactions = meter.CreateCounter<long>("tracker.interactions", "{interaction}", "Interactions answered, by outcome and reason.");
        _claims = meter.CreateCounter<long>("tracker.receipt.claims", "{claim}", "Claims of receipts answered, by outcome; NOT_FOUND in numbers is somebody who guesses.");
        _commit = meter.CreateHistogram<double>("tracker.ingestion.micro_batch.duration", "s", "From the first read of a micro-batch to its durable commit.");
        _batch = meter.CreateHistogram<int>("tracker.ingestion.micro_batch.size", "{interaction}", "Interactions decided together.");
        meter.CreateObservableGauge("tracker.ingestion.waiting", () => queue.Waiting, "{interaction}", "Interactions waiting for their micro-batch.");
    }

    public void Count(Caller caller, IReadOnlyList<InteractionDraft> drafts, IReadOnlyList<InteractionOutcome> outcomes)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            // The type of an invalid item is whatever the caller wrote; only catalogue names become tags.
            _interactions.Add(
                1,
                new("tracker.tenant", caller.Tenant.Value),
                new("tracker.interaction.type", outcomes[i].Outcome == Outcome.Invalid ? "" : drafts[i].Type),
                new("tracker.outcome", EnumNames<Outcome>.Of(outcomes[i].Outcome)),
                new("tracker.reason", outcomes[i].Reason == Reason.None ? "" : EnumNames<Reason>.Of(outcomes[i].Reason)));
        }
    }

    /// <param name="outcome">Null: nothing was found that can be claimed.</param>
    public void Claimed(Caller caller, Outcome? outcome) => _claims.Add(
        1,
        new("tracker.tenant", caller.Tenant.Value),
        new("tracker.source", caller.Source.Value),
        new("tracker.outcome", outcome is { } known ? EnumNames<Outcome>.Of(known) : "NOT_FOUND"));

    public void Committed(int interactions, TimeSpan duration)
    {
        _batch.Record(interactions);
        _commit.Record(duration.TotalSeconds);
    }
}
