using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>A sale of nobody as it was read, whose place the same sale of a person is to take.</summary>
/// <param name="Batch">The micro-batch that wrote it.</param>
/// <param name="Receipts">All numbers by which it can be claimed.</param>
/// <param name="Held">What it is kept for, and until when.</param>
/// <param name="DecidedUnder">The policy that decided it, by its hash in hexadecimal.</param>
public sealed record AnonymousSale(BatchId Batch, IReadOnlyList<IdentifierHash> Receipts, IReadOnlyList<Grant> Held, string DecidedUnder)
{
    /// <summary>Nothing that it is kept for is lost, and its order and contract are nobody else's (E39).</summary>
    public bool MayBecome(InteractionDecision decision, ContractReference? contract) =>
        contract?.IsOfAnother != true && Held.All(held => decision.Grants.Any(grant => grant.Purpose == held.Purpose));
}
