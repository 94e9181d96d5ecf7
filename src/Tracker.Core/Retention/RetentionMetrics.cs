using System.Diagnostics.Metrics;
using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>Deletion that can be watched: how much went, and how late the oldest overdue document is.</summary>
public sealed class RetentionMetrics
{
    public const string MeterName = "Tracker.Retention";

    private readonly Counter<long> _deleted;
    private double _lagSeconds;

    public RetentionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _deleted = meter.CreateCounter<long>("tracker.retention.deleted", "{document}", "Expired documents deleted, by kind.");
        meter.CreateObservableGauge("tracker.retention.lag", () => Volatile.Read(ref _lagSeconds), "s", "How long the oldest expired document has waited for its deletion.");
    }

    public void Swept(SweepResult result)
    {
        foreach (var (kind, count) in result.Deleted)
        {
            _deleted.Add(count, new KeyValuePair<string, object?>("tracker.kind", EnumNames<ExpiredKind>.Of(kind)));
        }
    }

    public void Lagging(TimeSpan lag) => Volatile.Write(ref _lagSeconds, lag.TotalSeconds);
}
