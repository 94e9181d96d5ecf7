using Tracker.Core.Retention;

namespace Tracker.Storage.RocksDb.Engine;

internal static class StoreParts
{
    /// <summary>Names on disk. The engine insists on a family "default"; it holds the metadata.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "default", "records", "unique", "control", "identifiers", "contacts", "consents", "consent_requests", "notices", "keys", "counts", "catalog", "expiry",
        "errands", "contracts", "policies", "legal_holds", "rollouts", "confirmations", "notice_uses", "leases", "receipts",
    ];

    /// <summary>What people call a part: the name on disk but for the metadata.</summary>
    public static string ShownName(string name) => name == Names[0] ? "meta" : name;

    public static StorePart Of(ExpiredKind kind) => kind switch
    {
        ExpiredKind.Record => StorePart.Records,
        ExpiredKind.Control => StorePart.Control,
        ExpiredKind.Identifier => StorePart.Identifiers,
        ExpiredKind.Contact => StorePart.Contacts,
        ExpiredKind.Consent => StorePart.Consents,
        ExpiredKind.Notice => StorePart.Notices,
        ExpiredKind.Key => StorePart.Keys,
        ExpiredKind.Count => StorePart.Counts,
        ExpiredKind.CatalogEntry => StorePart.Catalog,
        ExpiredKind.Errand => StorePart.Errands,
        ExpiredKind.Contract => StorePart.Contracts,
        ExpiredKind.Receipt => StorePart.Receipts,
        ExpiredKind.Policy => StorePart.Policies,
        ExpiredKind.LegalHold => StorePart.LegalHolds,
        ExpiredKind.Rollout => StorePart.Rollouts,
        ExpiredKind.Lease => StorePart.Leases,
        ExpiredKind.Confirmation => StorePart.Confirmations,
        _ => throw new InvalidOperationException($"The expiry index holds the unknown kind {(byte)kind}."),
    };
}
