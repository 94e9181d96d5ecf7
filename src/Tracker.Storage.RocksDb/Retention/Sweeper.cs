using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class Sweeper(StoreTables tables) : IExpireData
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromDays(1);

    private readonly StoreEngine _engine = tables.Engine;

    // Where the pass before stopped. What it deleted lies before, and is walked over until its files are compacted: once a sweep, not with each pass.
    private byte[] _next = [];

    public async Task<SweepResult> SweepAsync(int limit, CancellationToken cancellation)
    {
        using var session = await _engine.BeginWriteAsync(cancellation);
        var chunk = new SweepChunk(tables, session);
        var next = Gather(chunk, limit, _next, before: null);
        if (next is null && _next.Length > 0)
        {
            // What has come to end meanwhile.
            next = Gather(chunk, limit, [], before: _next);
        }

        GatherErrands(chunk, limit);
        session.Commit();
        _next = next ?? [];
        if (chunk.Deleted.Count > 0)
        {
            _engine.NoteDeletion();
        }

        _engine.FlushDeletions(FlushInterval);
        return new SweepResult(chunk.Deleted, IsDone: next is null);
    }

    public Task<Overdue> MeasureAsync(CancellationToken cancellation)
    {
        var now = _engine.Now;
        var oldest = now;
        var count = 0;
        using var alarms = _engine.Range(StorePart.Expiry, []);
        for (; count < Overdue.MaxCount && alarms.IsAtKey && Alarm.TimeOf(alarms.Key) <= now; alarms.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var alarm = Alarm.Read(alarms.Key);
            var end = _engine.Find(StoreParts.Of(alarm.Kind), alarm.DocumentKey.Span, DocumentHead.Codec)?.ExpireAt;

            // Later alarms are left over from an end that has moved earlier since: the document has been counted.
            if (end <= now && alarm.At <= end)
            {
                count++;
                oldest = end < oldest ? end.Value : oldest;
            }
        }

        return Task.FromResult(new Overdue(now - oldest, count));
    }

    /// <param name="before">Those from here on were looked at; null: none were.</param>
    /// <returns>The first alarm that is due and was not looked at; null: all of them were.</returns>
    private byte[]? Gather(SweepChunk chunk, int limit, ReadOnlySpan<byte> start, byte[]? before)
    {
        using var alarms = _engine.RangeFrom(StorePart.Expiry, start);
        for (var looked = 0; alarms.IsAtKey && IsDue(alarms.Key, chunk.Now, before); looked++, alarms.Next())
        {
            if (looked == limit)
            {
                return alarms.Key.ToArray();
            }

            chunk.Answer(alarms.Key);
        }

        return null;
    }

    private static bool IsDue(ReadOnlySpan<byte> alarm, DateTimeOffset now, byte[]? before) =>
        Alarm.TimeOf(alarm) <= now && (before is null || alarm.SequenceCompareTo(before) < 0);

    private void GatherErrands(SweepChunk chunk, int limit)
    {
        using var errands = tables.Errands.Range();
        for (var looked = 0; looked < limit && errands.IsAtKey && ErrandKey.DueAtOf(errands.Key) <= chunk.Now; looked++, errands.Next())
        {
            chunk.AnswerErrand(errands.Key);
        }
    }
}
