using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Retention;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>
/// The latest end of what is held under a profile, counted anew. Needed only when something ends earlier than it was
/// stamped: a control that kept its old end would outlive everything it stands for.
/// </summary>
internal sealed class ProfileEnds(StoreTables tables, TenantId tenant, ProfileId profile, DateTimeOffset now)
{
    public DateTimeOffset OfRecords() => Latest(tables.Records);

    public DateTimeOffset OfConsents() => Latest(tables.Consents);

    public DateTimeOffset OfContact()
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        return tables.Contacts.FindLive(ProfileKey.Write(buffer, tenant, profile), now) is { } contact
            ? Holding.Later(DateTimeOffset.MinValue, contact.ExpireAt)
            : DateTimeOffset.MinValue;
    }

    private DateTimeOffset Latest<T>(DocumentTable<T> table)
        where T : class
    {
        var latest = DateTimeOffset.MinValue;
        using var range = table.Range(ProfileKey.Write(stackalloc byte[KeyBuilder.MaxSize], tenant, profile));
        for (; range.IsAtKey; range.Next())
        {
            var document = DocumentHead.Codec.Deserialize(range.Value);
            latest = document.IsExpired(now) ? latest : Holding.Later(latest, document.ExpireAt);
        }

        return latest;
    }
}
