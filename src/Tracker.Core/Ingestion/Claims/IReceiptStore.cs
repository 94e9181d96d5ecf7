using Tracker.Core.Model;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>Sales of nobody by the numbers of their receipts; they are written with the sales (<see cref="IRecordStore"/>).</summary>
public interface IReceiptStore
{
    /// <param name="receipts">One number under each version of the key.</param>
    /// <returns>The living links of the number, at most <paramref name="limit"/> of each version.</returns>
    Task<IReadOnlyList<ReceiptLink>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> receipts, int limit, CancellationToken cancellation);

    /// <returns>The living records of an interaction; empty: there are none.</returns>
    Task<IReadOnlyList<InteractionRecord>> ReadAsync(TenantId tenant, InteractionKey interaction, CancellationToken cancellation);
}
