using System.Diagnostics.Metrics;

namespace Tracker.Cache.Redis;

/// <summary>Counts by kind and outcome; nothing of a person.</summary>
public sealed class CacheMetrics
{
    public const string MeterName = "Tracker.Cache";

    private readonly Counter<long> _lookups;

    public CacheMetrics(IMeterFactory meters) => _lookups = meters.Create(MeterName).CreateCounter<long>(
        "tracker.cache.lookups", "{lookup}", "Links and ledgers asked for, by kind (link, ledger) and outcome (hit, miss, failed: the cache did not answer).");

    internal void Answered(string kind, int asked, int hits)
    {
        Add(kind, "hit", hits);
        Add(kind, "miss", asked - hits);
    }

    internal void Failed(string kind, int asked) => Add(kind, "failed", asked);

    private void Add(string kind, string outcome, int count)
    {
        if (count > 0)
        {
            _lookups.Add(count, new("tracker.cache.kind", kind), new("tracker.cache.outcome", outcome));
        }
    }
}
