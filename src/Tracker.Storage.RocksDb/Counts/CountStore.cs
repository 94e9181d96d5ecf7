using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Counts;

internal sealed class CountStore(StoreTables tables) : ICountStore
{
    public async Task<IReadOnlyList<CommitAnswer>> AppendAsync(IReadOnlyList<CountRecord> counts, CancellationToken cancellation)
    {
        using var session = await tables.Engine.BeginWriteAsync(cancellation);
        var appended = new HashSet<(TenantId, InteractionKey)>();
        var answers = new CommitAnswer[counts.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = Append(session, counts[i], appended);
        }

        session.Commit();
        return answers;
    }

    private CommitAnswer Append(WriteSession session, CountRecord count, HashSet<(TenantId Tenant, InteractionKey Key)> appended)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = CountKey.Write(buffer, count);
        var stored = tables.Counts.Find(key);
        var isStored = stored is not null && tables.Counts.IsLive(stored, tables.Engine.Now);
        if (isStored || !appended.Add((count.Tenant, count.Key)))
        {
            return CommitAnswer.Duplicate;
        }

        tables.Counts.Put(session, key, count, stored);
        return CommitAnswer.Stored;
    }
}
