using System.Diagnostics.Metrics;

namespace Tracker.Storage.Mongo;

/// <summary>Whether MongoDB answers, and what is done about it where it does not; nothing of a person.</summary>
public sealed class StoreMetrics
{
    public const string MeterName = "Tracker.Storage";

    private readonly Counter<long> _refused;
    private readonly Counter<long> _repeated;
    private int _answers = 1;

    public StoreMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("tracker.storage.answers", () => Volatile.Read(ref _answers), "{node}", "1 while MongoDB answers this node.");
        _refused = meter.CreateCounter<long>("tracker.storage.refused", "{call}", "Calls of the store that were not served, by cause (away: no answer; broken: not asked; unknown: whether it was committed; contended: other writes in the way).");
        _repeated = meter.CreateCounter<long>("tracker.storage.repeated", "{transaction}", "Transactions that began again, by cause (key: taken meanwhile; conflict: another write; transient: connection or primary lost).");
    }

    internal void Answers(bool isAnswering) => Volatile.Write(ref _answers, isAnswering ? 1 : 0);

    internal void Refused(string cause) => _refused.Add(1, new KeyValuePair<string, object?>("tracker.storage.cause", cause));

    internal void Repeated(string cause) => _repeated.Add(1, new KeyValuePair<string, object?>("tracker.storage.cause", cause));
}
