namespace Tracker.Storage.RocksDb.Engine;

/// <summary>The column families, in the order of <see cref="StoreParts.Names"/>.</summary>
internal enum StorePart
{
    Meta,
    Records,
    Unique,
    Control,
    Identifiers,
    Contacts,
    Consents,
    ConsentRequests,
    Notices,
    Keys,
    Counts,
    Catalog,
    Expiry,
    Errands,
    Contracts,
    Policies,
    LegalHolds,
    Rollouts,
    Confirmations,
    NoticeUses,
    Leases,
    Receipts,
}
