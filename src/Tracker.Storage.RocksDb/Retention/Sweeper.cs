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

    public Task<TimeSpan> MeasureLagAsync(CancellationToken cancellation)
    {
        var now = _engine.Now;
        var oldest = now;
        using var alarms = _engine.Range(StorePart.Expiry, []);

        // A document ends at its alarm or later, so nothing after the oldest end found can be older.
        for (; alarms.IsAtKey && Alarm.TimeOf(alarms.Key) < oldest; alarms.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var alarm = Alarm.Read(alarms.Key);
            if (_engine.Find(StoreParts.Of(alarm.Kind), alarm.DocumentKey.Span, DocumentHead.Codec)?.ExpireAt is { } end && end < oldest)
            {
                oldest = end;
            }
        }

        return Task.FromResult(now - oldest);
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
