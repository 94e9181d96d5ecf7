using System.Diagnostics;
using HdrHistogram;
using RocksDbSharp;

namespace Tracker.Bench.Others;

/// <summary>What a commit costs by itself: records that are due are written to a bare RocksDB, all that are due in one synced batch.</summary>
internal sealed class BareCommits : IDisposable
{
    private const int KeySize = 41;

    private readonly string _folder = Directory.CreateTempSubdirectory("tracker-bench-commits-").FullName;
    private readonly StoredRecord[] _records;
    private readonly RocksDb _store;
    private readonly WriteOptions _synced = new WriteOptions().SetSync(true);
    private int _next;

    public BareCommits(StoredRecord[] records) => (_records, _store) = (records, RocksDb.Open(new DbOptions().SetCreateIfMissing(true), _folder));

    /// <returns>Microseconds of a commit at that rate.</returns>
    public double P99(double recordsPerSecond, TimeSpan duration)
    {
        var latencies = new LongHistogram(60_000_000, 3);
        var (watch, written) = (Stopwatch.StartNew(), 0);
        while (watch.Elapsed < duration)
        {
            var due = (int)(watch.Elapsed.TotalSeconds * recordsPerSecond) - written;
            if (due == 0)
            {
                Thread.Sleep(0);
                continue;
            }

            var began = Stopwatch.GetTimestamp();
            Commit(due);
            latencies.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(began).TotalMicroseconds));
            written += due;
        }

        return latencies.GetValueAtPercentile(99);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Commit(int count)
    {
        using var batch = new WriteBatch();
        var key = new byte[KeySize];
        for (var i = 0; i < count; i++)
        {
            Scattered.Write(key, _next);
            batch.Put(key, _records[_next++ % _records.Length].Body);
        }

        _store.Write(batch, _synced);
    }
}
