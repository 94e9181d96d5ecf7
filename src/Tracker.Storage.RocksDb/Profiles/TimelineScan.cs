using Tracker.Core.Model;
using Tracker.Core.Profiles;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Records;

namespace Tracker.Storage.RocksDb.Profiles;

/// <summary>One forward walk over the records of a profile, which are stored newest first.</summary>
internal sealed class TimelineScan(StoreTables tables, RecordQuery query)
{
    private readonly DateTimeOffset _now = tables.Engine.Now;

    public List<InteractionRecord> Read(CancellationToken cancellation)
    {
        var records = new List<InteractionRecord>();
        using var range = tables.Records.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], query.Tenant, query.Profile));
        SeekStart(range);
        for (; range.IsAtKey && records.Count < query.Limit; range.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            if (RecordKey.ClassOf(range.Key) != query.Class)
            {
                continue;
            }

            var record = tables.Records.Codec.Deserialize(range.Value);
            if (record.OccurredAt < query.From)
            {
                break;
            }

            if (IsAsked(record))
            {
                records.Add(record);
            }
        }

        return records;
    }

    private void SeekStart(KeyRange range)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        if (query.After is { } after && !(query.Until < after.OccurredAt))
        {
            range.Seek(RecordKey.Write(buffer, query.Tenant, query.Profile, after.OccurredAt, after.Key, (RetentionClass)byte.MaxValue));
        }
        else if (query.Until is { } until)
        {
            range.Seek(RecordKey.WriteStart(buffer, query.Tenant, query.Profile, until));
        }
    }

    private bool IsAsked(InteractionRecord record) =>
        !(record.OccurredAt >= query.Until) && tables.Records.IsLive(record, _now);
}
