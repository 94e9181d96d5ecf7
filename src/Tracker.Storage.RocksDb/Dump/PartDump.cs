using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Dump;

/// <summary>Walks over one part and writes each document as a line.</summary>
internal sealed class PartDump(StoreEngine engine, StoreTables tables, StorePart part, DumpOptions options)
{
    private readonly DateTimeOffset _now = engine.Now;
    private readonly JsonLine _line = new(StoreParts.ShownName(StoreParts.Names[(int)part]));

    public IEnumerable<string> Read() => part switch
    {
        StorePart.Meta => ReadKeys(MetaJson.Write),
        StorePart.Records => Read(tables.Records, (json, _, record) => RecordJson.Write(json, record, options.RecordDigest?.Invoke(record, KeysOf(record.Tenant, record.Profile)))),
        StorePart.Unique => Read(tables.Interactions, (json, _, entry) => InteractionEntryJson.Write(json, entry)),
        StorePart.Control => Read(tables.Controls, (json, _, control) => ControlJson.Write(json, control)),
        StorePart.Identifiers => Read(tables.Identifiers, IdentifierLinkJson.Write),
        StorePart.Contacts => Read(tables.Contacts, (json, _, contact) => ContactJson.Write(json, contact, options.ContactDigest?.Invoke(contact, KeysOf(contact.Tenant, contact.Profile)))),
        StorePart.Consents => Read(tables.Consents, (json, _, entry) => ConsentJson.Write(json, entry)),
        StorePart.ConsentRequests => Read(tables.ConsentRequests, ConsentRequestJson.Write),
        StorePart.Notices => Read(tables.Notices, (json, _, notice) => NoticeJson.Write(json, notice)),
        StorePart.Keys => Read(tables.Keys, (json, _, keys) => ProfileKeysJson.Write(json, keys)),
        StorePart.Counts => Read(tables.Counts, (json, _, count) => CountJson.Write(json, count)),
        StorePart.Catalog => Read(tables.Catalog, (json, _, entry) => CatalogJson.Write(json, entry)),
        StorePart.Expiry => ReadKeys((json, key, _) => AlarmJson.Write(json, key)),
        StorePart.Contracts => Read(tables.Contracts, (json, _, link) => ContractLinkJson.Write(json, link)),
        StorePart.Receipts => Read(tables.Receipts, (json, _, link) => ReceiptLinkJson.Write(json, link)),
        StorePart.Policies => Read(tables.Policies, (json, _, policy) => PolicyVersionJson.Write(json, policy)),
        StorePart.LegalHolds => Read(tables.LegalHolds, (json, _, hold) => LegalHoldJson.Write(json, hold)),
        StorePart.Rollouts => Read(tables.Rollouts, (json, _, rollout) => RolloutJson.Write(json, rollout)),
        StorePart.Leases => Read(tables.Leases, (json, _, lease) => LeaseJson.Write(json, lease)),
        StorePart.Confirmations => Read(tables.Confirmations, ConfirmationJson.Write),
        StorePart.NoticeUses => Read(tables.NoticeUses, NoticeUseJson.Write),
        StorePart.Errands => ReadKeys((json, key, _) => ErrandJson.Write(json, key)),
        _ => throw new InvalidOperationException($"There is no part {part}."),
    };

    private ProfileKeys? KeysOf(TenantId tenant, ProfileId profile) => tables.Keys.FindLive(tenant, [profile], _now)[0];

    private IEnumerable<string> Read<T>(DocumentTable<T> table, WriteDocument<T> write)
        where T : class
    {
        using var range = table.Range([]);
        for (; range.IsAtKey; range.Next())
        {
            var document = table.Codec.Deserialize(range.Value);
            if (options.IncludeExpired || table.IsLive(document, _now))
            {
                var key = range.Key.ToArray();
                yield return _line.Of(json => write(json, key, document));
            }
        }
    }

    private IEnumerable<string> ReadKeys(WriteDocument<byte[]> write)
    {
        using var range = engine.Range(part, []);
        for (; range.IsAtKey; range.Next())
        {
            var (key, value) = (range.Key.ToArray(), range.Value.ToArray());
            yield return _line.Of(json => write(json, key, value));
        }
    }
}
