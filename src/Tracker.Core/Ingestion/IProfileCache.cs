using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// What the nodes remember of the store for each other. It decides nothing: a link is confirmed by the control document that it
/// leads to, and a ledger is asked for under exactly the epoch that was read. Losing it costs speed, never correctness, so it
/// answers a fault of its own as "not remembered".
/// </summary>
public interface IProfileCache
{
    /// <returns>For each identifier, in order, where it led when that was remembered; null: not remembered.</returns>
    Task<IReadOnlyList<ProfileId?>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> identifiers, CancellationToken cancellation);

    /// <returns>For each profile, in order, its entries by sequence under that epoch, without those that have expired; null: not remembered.</returns>
    Task<IReadOnlyList<IReadOnlyList<ConsentEntry>?>> ReadLedgersAsync(TenantId tenant, IReadOnlyList<LedgerVersion> versions, CancellationToken cancellation);

    /// <summary>Remembers what was committed, without waiting for it.</summary>
    void Remember(TenantId tenant, IReadOnlyList<RememberedLink> links, IReadOnlyList<RememberedLedger> ledgers);
}
