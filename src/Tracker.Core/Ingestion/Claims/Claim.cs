using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>A claim that keeps the contract.</summary>
/// <param name="Receipt">Null: a blocked number, which leads to nothing.</param>
/// <param name="Identifiers">Of the claimant; at least one names a person.</param>
/// <param name="BlockedIdentifiers">Places of those that lead to nobody.</param>
public sealed record Claim(
    Caller Caller,
    IdentifierHash? Receipt,
    IReadOnlyList<IdentifierHash> Identifiers,
    IReadOnlyList<int> BlockedIdentifiers,
    Money? Total,
    DateOnly? BusinessDate,
    DateTimeOffset ClaimedAt)
{
    /// <summary>Whatever is given agrees with what is stored; what is not stored agrees with nothing.</summary>
    /// <param name="businessDate">The day that the sale is booked to.</param>
    public bool Agrees(SealedContent stored, DateTimeOffset occurredAt, DateOnly businessDate) =>
        occurredAt <= ClaimedAt
        && (Total is null || Total == stored.Content.Commerce?.Total)
        && (BusinessDate is null || BusinessDate == businessDate);
}
