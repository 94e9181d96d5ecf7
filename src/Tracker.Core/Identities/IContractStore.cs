using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>Whose an order, quote or contract is. Links are written with the interactions that establish them.</summary>
public interface IContractStore
{
    /// <returns>For each reference, in order, what is known of it; null where it is unknown or has expired.</returns>
    Task<IReadOnlyList<ContractLink?>> FindAsync(TenantId tenant, IReadOnlyList<UInt128> references, CancellationToken cancellation);
}
