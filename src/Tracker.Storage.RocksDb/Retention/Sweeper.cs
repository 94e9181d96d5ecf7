using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

internal sealed class Sweeper(StoreTables tables) : IExpireData
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromDays(1);

    private readonly StoreEngine _engine = tables.Engine;

    public async Task<SweepResult> SweepAsync(int limit, CancellationToken cancellation)
    {
        using var session = await _engine.BeginWriteAsync(cancellation);
        var chunk = new SweepChunk(tables, session);
        var isDone = Gather(chunk, limit);
        GatherErrands(chunk, limit);
        session.Commit();
        if (chunk.Deleted.Count > 0)
        {
            _engine.NoteDeletion();
        }

        _engine.FlushDeletions(FlushInterval);
        return new SweepResult(chunk.Deleted, isDone);
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

    private bool Gather(SweepChunk chunk, int limit)
    {
        using var alarms = _engine.Range(StorePart.Expiry, []);
        for (var looked = 0; alarms.IsAtKey && Alarm.TimeOf(alarms.Key) <= chunk.Now; looked++, alarms.Next())
        {
            if (looked == limit)
            {
                return false;
            }

            chunk.Answer(alarms.Key);
        }

        return true;
    }

    private void GatherErrands(SweepChunk chunk, int limit)
    {
        using var errands = tables.Errands.Range();
        for (var looked = 0; looked < limit && errands.IsAtKey && ErrandKey.DueAtOf(errands.Key) <= chunk.Now; looked++, errands.Next())
        {
            chunk.AnswerErrand(errands.Key);
        }
    }
}
