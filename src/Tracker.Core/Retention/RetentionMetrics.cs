using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>Deletion that can be watched: how much went, how much is overdue, and how late the oldest of it is.</summary>
public sealed class RetentionMetrics
{
    public const string MeterName = "Tracker.Retention";

    private readonly Counter<long> _deleted;
    private readonly Counter<long> _reviews;
    private readonly Counter<long> _reviewed;
    private readonly Counter<long> _rollout;
    private readonly ConcurrentDictionary<BackgroundWork, int> _works = [];
    private double _lagSeconds;
    private double _errandLagSeconds;
    private long _errandsOverdue;
    private long _rolloutsUnfinished;
    private int _overdue;
    private int _holdsUnreviewed;

    public RetentionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _deleted = meter.CreateCounter<long>("tracker.retention.deleted", "{document}", "Expired documents deleted, by kind.");
        meter.CreateObservableGauge("tracker.retention.lag", () => Volatile.Read(ref _lagSeconds), "s", "How long the oldest expired document has waited for its deletion.");
        _reviews = meter.CreateCounter<long>("tracker.retention.reviews", "{profile}", "Reviews of profiles, by result.");
        _reviewed = meter.CreateCounter<long>("tracker.retention.reviewed", "{document}", "Documents that a review rewrote or deleted, by change and cause.");
        _rollout = meter.CreateCounter<long>("tracker.retention.rollout.profiles", "{profile}", "Profiles given to the reviewer because of a new policy version.");
        meter.CreateObservableGauge("tracker.retention.errand_lag", () => Volatile.Read(ref _errandLagSeconds), "s", "How long the oldest due errand has waited.");
        meter.CreateObservableGauge("tracker.retention.errands_overdue", () => Volatile.Read(ref _errandsOverdue), "{errand}", "Due errands at the last look, up to one chunk.");
        meter.CreateObservableGauge("tracker.retention.rollouts_unfinished", () => Volatile.Read(ref _rolloutsUnfinished), "{tenant}", "Tenants whose data is not yet rewritten under their policy.");
        meter.CreateObservableGauge("tracker.retention.overdue", () => Volatile.Read(ref _overdue), "{document}", "Expired documents that are still stored after a pass of the sweeper.");
        meter.CreateObservableGauge("tracker.retention.holds_unreviewed", () => Volatile.Read(ref _holdsUnreviewed), "{hold}", "Legal holds that stand beyond the day by which they were to be confirmed, at the last look.");
        meter.CreateObservableGauge("tracker.retention.working", Works, "{node}", "1 on the node that does the work in the background, by work.");
    }

    /// <summary>What was measured at the work is told by the node that does it, and by no other.</summary>
    public void Works(BackgroundWork work, bool isDone)
    {
        _works[work] = isDone ? 1 : 0;
        if (isDone)
        {
            return;
        }

        if (work == BackgroundWork.Sweep)
        {
            Measured(new Overdue(TimeSpan.Zero, 0));
        }
        else
        {
            ErrandsWaiting(TimeSpan.Zero, 0);
            RolloutsUnfinished(0);
        }
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

    public void Reviewed(IEnumerable<(ReviewCause Cause, bool IsDeleted)> changes)
    {
        _reviews.Add(1, new KeyValuePair<string, object?>("tracker.result", "DONE"));
        foreach (var (cause, isDeleted) in changes)
        {
            _reviewed.Add(
                1,
                new("tracker.change", isDeleted ? "DELETED" : "REWRITTEN"),
                new("tracker.cause", EnumNames<ReviewCause>.Of(cause)));
        }
    }

    public void ReviewFailed() => _reviews.Add(1, new KeyValuePair<string, object?>("tracker.result", "FAILED"));

    public void ErrandsWaiting(TimeSpan lag, int overdue)
    {
        Volatile.Write(ref _errandLagSeconds, lag.TotalSeconds);
        Volatile.Write(ref _errandsOverdue, overdue);
    }

    public void HoldsUnreviewed(int holds) => Volatile.Write(ref _holdsUnreviewed, holds);

    public void RolledOut(int profiles) => _rollout.Add(profiles);

    public void RolloutsUnfinished(int tenants) => Volatile.Write(ref _rolloutsUnfinished, tenants);

    private IEnumerable<Measurement<int>> Works() => _works.Select(work => new Measurement<int>(
        work.Value,
        new KeyValuePair<string, object?>("tracker.work", EnumNames<BackgroundWork>.Of(work.Key))));
}
