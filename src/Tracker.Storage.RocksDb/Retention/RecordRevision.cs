using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Records;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>The part of a revision that is about records and the entries of their interactions.</summary>
internal sealed class RecordRevision(StoreTables tables, WriteSession session, ProfileRevision revision, GatheredEnds ends)
{
    private readonly HashSet<InteractionKey> _touched = [];
    private readonly Dictionary<InteractionKey, RetentionClasses> _deleted = [];
    private readonly HashSet<(InteractionKey Interaction, IdentifierHash Receipt)> _receipts = [];
    private readonly Dictionary<InteractionKey, DateTimeOffset> _endsOfInteractions = [];

    public void Gather(DateTimeOffset now)
    {
        foreach (var record in revision.Rewritten)
        {
            Rewrite(record, now);
        }

        foreach (var address in revision.Deleted)
        {
            Delete(address);
        }
    }

    /// <summary>Of nobody; what somebody has claimed since is left out.</summary>
    public void GatherUnowned(DateTimeOffset now)
    {
        Gather(now);
        RestampInteractions();
        foreach (var (interaction, receipt) in _receipts)
        {
            RestampReceipt(interaction, receipt);
        }
    }

    /// <summary>All that is left of those classes.</summary>
    public void DeleteAll(RetentionClasses members)
    {
        if (members.IsEmpty)
        {
            return;
        }

        using var records = tables.Records.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], revision.Tenant, revision.Profile));
        for (; records.IsAtKey; records.Next())
        {
            if (members.Contains(RecordKey.ClassOf(records.Key)) && !ends.IsRemoved(records.Key))
            {
                Delete(RecordAddress.Of(tables.Records.Codec.Deserialize(records.Value)));
            }
        }
    }

    /// <summary>The entries of all interactions that were touched.</summary>
    public void RestampInteractions()
    {
        foreach (var interaction in _touched)
        {
            Restamp(interaction);
        }
    }

    private void Rewrite(InteractionRecord record, DateTimeOffset now)
    {
        if (record.Tenant != revision.Tenant || record.Profile != revision.Profile)
        {
            throw new InvalidOperationException("A revision rewrites records of its own profile only.");
        }

        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = RecordKey.Write(buffer, record);
        var stored = tables.Records.Find(key);

        // A hold also keeps what had expired when it was placed but was still stored; anything else that expired is gone.
        if (stored is null || (!tables.Records.IsLive(stored, now) && record.Holds.Count == 0))
        {
            return;
        }

        tables.Records.Put(session, key, record, stored);
        ends.Set(key, record.ExpireAt);
        Touch(stored);
    }

    private void Delete(RecordAddress address)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = RecordKey.Write(buffer, revision.Tenant, revision.Profile, address.OccurredAt, address.Key, address.Class);
        if (tables.Records.Find(key) is not { } stored)
        {
            return;
        }

        tables.Records.Delete(session, key, stored);
        ends.Remove(key);
        Touch(stored);
        _deleted[address.Key] = _deleted.GetValueOrDefault(address.Key).With(address.Class);
    }

    private void Touch(InteractionRecord stored)
    {
        _touched.Add(stored.Key);
        _receipts.UnionWith(stored.Identifiers.Where(identifier => identifier.Kind == IdentifierKind.Receipt).Select(receipt => (stored.Key, receipt)));
    }

    /// <summary>A number leads to a sale for as long as anything is left of it.</summary>
    private void RestampReceipt(InteractionKey interaction, IdentifierHash receipt)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ReceiptKey.Write(buffer, revision.Tenant, receipt, interaction);
        if (tables.Receipts.Find(key) is not { } link)
        {
            return;
        }

        if (_endsOfInteractions.TryGetValue(interaction, out var end))
        {
            tables.Receipts.Put(session, key, link with { ExpireAt = end }, link);
        }
        else
        {
            tables.Receipts.Delete(session, key, link);
        }
    }

    /// <summary>A deleted class leaves both sets, so that no repeat brings it back; the entry goes with the last one.</summary>
    private void Restamp(InteractionKey interaction)
    {
        Span<byte> buffer = stackalloc byte[InteractionKey.Size];
        var key = InteractionEntryKey.Write(buffer, interaction);
        if (tables.Interactions.Find(key) is not { } entry || entry.Profile != revision.Profile)
        {
            return;
        }

        var left = entry;
        foreach (var member in _deleted.GetValueOrDefault(interaction).Members())
        {
            left = left.Without(member);
        }

        if (left.Present.IsEmpty)
        {
            tables.Interactions.Delete(session, key);
        }
        else
        {
            _endsOfInteractions[interaction] = EndOf(left);
            tables.Interactions.Put(session, key, left with { ExpireAt = _endsOfInteractions[interaction] }, entry);
        }
    }

    private DateTimeOffset EndOf(InteractionEntry entry)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var end = DateTimeOffset.MinValue;
        foreach (var member in entry.Present.Members())
        {
            var key = RecordKey.Write(buffer, entry.Tenant, entry.Profile, entry.OccurredAt, entry.Key, member);
            if (ends.Find(key) is { } gathered)
            {
                end = ExpiryStamps.Later(end, gathered);
            }
            else if (tables.Records.Find(key) is { } record)
            {
                end = Holding.Later(end, record.ExpireAt);
            }
        }

        return end;
    }
}
