using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo.Catalog;
using Tracker.Storage.Mongo.Consents;
using Tracker.Storage.Mongo.Counts;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;
using Tracker.Storage.Mongo.Keys;
using Tracker.Storage.Mongo.Policies;
using Tracker.Storage.Mongo.Profiles;
using Tracker.Storage.Mongo.Records;
using Tracker.Storage.Mongo.Retention;

namespace Tracker.Storage.Mongo;

/// <summary>Every kind of document there is; what is not here is not stored.</summary>
internal sealed class StoreTables(StoreEngine engine)
{
    public StoreEngine Engine { get; } = engine;

    public RecordTable Records { get; } = new(engine);

    public DocumentTable<Control> Controls { get; } = new(engine, CollectionNames.Controls, new ControlCodec(), ExpiredKind.Control);

    public DocumentTable<IdentifierLink> Identifiers { get; } = new(engine, CollectionNames.Identifiers, new IdentifierLinkCodec(), ExpiredKind.Identifier);

    public DocumentTable<ContactDocument> Contacts { get; } = new(engine, CollectionNames.Contacts, new ContactCodec(), ExpiredKind.Contact);

    public LedgerTable Ledgers { get; } = new(engine);

    public DocumentTable<ConsentRequest> ConsentRequests { get; } = new(engine, CollectionNames.ConsentRequests, new ConsentRequestCodec(), kind: null);

    /// <summary>By the keyed hash of the token that confirms it: the entry that waits for its double opt-in.</summary>
    public DocumentTable<ConsentRequest> Confirmations { get; } = new(engine, CollectionNames.Confirmations, new ConsentRequestCodec(), ExpiredKind.Confirmation);

    public DocumentTable<Notice> Notices { get; } = new(engine, CollectionNames.Notices, new NoticeCodec(), ExpiredKind.Notice);

    public DocumentTable<ProfileKeys> Keys { get; } = new(engine, CollectionNames.Keys, new ProfileKeysCodec(), ExpiredKind.Key);

    public DocumentTable<ContractLink> Contracts { get; } = new(engine, CollectionNames.Contracts, new ContractLinkCodec(), ExpiredKind.Contract);

    public DocumentTable<ReceiptLink> Receipts { get; } = new(engine, CollectionNames.Receipts, new ReceiptLinkCodec(), ExpiredKind.Receipt);

    public DocumentTable<PolicyVersion> Policies { get; } = new(engine, CollectionNames.Policies, new PolicyVersionCodec(), ExpiredKind.Policy);

    public DocumentTable<LegalHold> LegalHolds { get; } = new(engine, CollectionNames.LegalHolds, new LegalHoldCodec(), ExpiredKind.LegalHold);

    public DocumentTable<Rollout> Rollouts { get; } = new(engine, CollectionNames.Rollouts, new RolloutCodec(), ExpiredKind.Rollout);

    public DocumentTable<Lease> Leases { get; } = new(engine, CollectionNames.Leases, new LeaseCodec(), ExpiredKind.Lease);

    public ErrandTable Errands { get; } = new(engine);

    public DocumentTable<CountRecord> Counts { get; } = new(engine, CollectionNames.Counts, new CountCodec(), ExpiredKind.Count);

    public DocumentTable<CatalogEntry> Catalog { get; } = new(engine, CollectionNames.Catalog, new CatalogCodec(), ExpiredKind.CatalogEntry);

    /// <summary>Everything that has an end, and so all but the errands.</summary>
    public IReadOnlyList<IExpiringCollection> Expiring =>
    [
        Records, Controls, Identifiers, Contacts, Ledgers, ConsentRequests, Confirmations, Notices, Keys, Contracts, Receipts,
        Policies, LegalHolds, Rollouts, Leases, Counts, Catalog,
    ];
}
