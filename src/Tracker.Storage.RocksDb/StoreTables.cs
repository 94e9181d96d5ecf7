using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.RocksDb.Catalog;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Counts;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Keys;
using Tracker.Storage.RocksDb.Policies;
using Tracker.Storage.RocksDb.Profiles;
using Tracker.Storage.RocksDb.Records;
using Tracker.Storage.RocksDb.Retention;

namespace Tracker.Storage.RocksDb;

/// <summary>Every kind of document there is; what is not here is not stored.</summary>
internal sealed class StoreTables(StoreEngine engine)
{
    public StoreEngine Engine { get; } = engine;

    public DocumentTable<InteractionRecord> Records { get; } = new(engine, StorePart.Records, new RecordCodec(), ExpiredKind.Record);

    public DocumentTable<InteractionEntry> Interactions { get; } = new(engine, StorePart.Unique, new InteractionEntryCodec(), kind: null);

    public DocumentTable<Control> Controls { get; } = new(engine, StorePart.Control, new ControlCodec(), ExpiredKind.Control);

    public DocumentTable<IdentifierLink> Identifiers { get; } = new(engine, StorePart.Identifiers, new IdentifierLinkCodec(), ExpiredKind.Identifier);

    public DocumentTable<ContactDocument> Contacts { get; } = new(engine, StorePart.Contacts, new ContactCodec(), ExpiredKind.Contact);

    public DocumentTable<ConsentEntry> Consents { get; } = new(engine, StorePart.Consents, new ConsentCodec(), ExpiredKind.Consent);

    public DocumentTable<ConsentRequest> ConsentRequests { get; } = new(engine, StorePart.ConsentRequests, new ConsentRequestCodec(), kind: null);

    /// <summary>By the keyed hash of the token that confirms it: the entry that waits for its double opt-in.</summary>
    public DocumentTable<ConsentRequest> Confirmations { get; } = new(engine, StorePart.Confirmations, new ConsentRequestCodec(), ExpiredKind.Confirmation);

    public DocumentTable<Notice> Notices { get; } = new(engine, StorePart.Notices, new NoticeCodec(), ExpiredKind.Notice);

    /// <summary>By the key of the notice: what refers to it.</summary>
    public DocumentTable<NoticeUse> NoticeUses { get; } = new(engine, StorePart.NoticeUses, new NoticeUseCodec(), kind: null);

    public DocumentTable<ProfileKeys> Keys { get; } = new(engine, StorePart.Keys, new ProfileKeysCodec(), ExpiredKind.Key);

    public DocumentTable<ContractLink> Contracts { get; } = new(engine, StorePart.Contracts, new ContractLinkCodec(), ExpiredKind.Contract);

    public DocumentTable<ReceiptLink> Receipts { get; } = new(engine, StorePart.Receipts, new ReceiptLinkCodec(), ExpiredKind.Receipt);

    public DocumentTable<PolicyVersion> Policies { get; } = new(engine, StorePart.Policies, new PolicyVersionCodec(), ExpiredKind.Policy);

    public DocumentTable<LegalHold> LegalHolds { get; } = new(engine, StorePart.LegalHolds, new LegalHoldCodec(), ExpiredKind.LegalHold);

    public DocumentTable<Rollout> Rollouts { get; } = new(engine, StorePart.Rollouts, new RolloutCodec(), ExpiredKind.Rollout);

    public DocumentTable<Lease> Leases { get; } = new(engine, StorePart.Leases, new LeaseCodec(), ExpiredKind.Lease);

    public ErrandTable Errands { get; } = new(engine);

    public DocumentTable<CountRecord> Counts { get; } = new(engine, StorePart.Counts, new CountCodec(), ExpiredKind.Count);

    public DocumentTable<CatalogEntry> Catalog { get; } = new(engine, StorePart.Catalog, new CatalogCodec(), ExpiredKind.CatalogEntry);
}
