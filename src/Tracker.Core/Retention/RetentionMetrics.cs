using System.Diagnostics.Metrics;
using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>Deletion that can be watched: how much went, how much is overdue, and how late the oldest of it is.</summary>
public sealed class RetentionMetrics
{
    public const string MeterName = "Tracker.Retention";

    private readonly Counter<long> _deleted;
    private double _lagSeconds;
    private int _overdue;

    public RetentionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _deleted = meter.CreateCounter<long>("tracker.retention.deleted", "{document}", "Expired documents deleted, by kind.");
        meter.CreateObservableGauge("tracker.retention.lag", () => Volatile.Read(ref _lagSeconds), "s", "How long the oldest expired document has waited for its deletion.");
        meter.CreateObservableGauge("tracker.retention.overdue", () => Volatile.Read(ref _overdue), "{document}", "Expired documents that are still stored after a pass of the sweeper.");
    }

    public void Swept(SweepResult result)
    {
        foreach (var (kind, count) in result.Deleted)
        {
            _deleted.Add(count, new KeyValuePair<string, object?>("tracker.kind", EnumNames<ExpiredKind>.Of(kind)));
        }
    }

    public void Measured(Overdue overdue)
    {
        Volatile.Write(ref _lagSeconds, overdue.Lag.TotalSeconds);
        Volatile.Write(ref _overdue, overdue.Count);
    }
}
