using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>
/// The latest end of what is held under a profile, counted anew. Needed only when something ends earlier than it was
/// stamped: a control that kept its old end would outlive everything it stands for.
/// </summary>
/// <param name="gathered">What the session has changed already.</param>
internal sealed class ProfileEnds(StoreTables tables, TenantId tenant, ProfileId profile, DateTimeOffset now, GatheredEnds? gathered = null)
{
    /// <returns>The latest of all; now, if nothing is left.</returns>
    public DateTimeOffset Latest() =>
        ExpiryStamps.Later(now, ExpiryStamps.Later(OfRecords(), ExpiryStamps.Later(OfConsents(), OfContact())));

    public DateTimeOffset OfRecords() => Latest(tables.Records);

    public DateTimeOffset OfConsents() => Latest(tables.Consents);

    public DateTimeOffset OfContact()
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = ProfileKey.Write(buffer, tenant, profile);
        if (gathered?.Find(key) is { } end)
        {
            return end;
        }

        return tables.Contacts.FindLive(key, now) is { } contact
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
            if (gathered?.Find(range.Key) is { } end)
            {
                latest = ExpiryStamps.Later(latest, end);
                continue;
            }

            var document = DocumentHead.Codec.Deserialize(range.Value);
            latest = document.IsExpired(now) ? latest : Holding.Later(latest, document.ExpireAt);
        }

        return latest;
    }
}
