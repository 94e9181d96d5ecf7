using Tracker.Core.Model;

namespace Tracker.Core.Policies.History;

/// <summary>
/// An e-mail address that the person gave in a sale, having been told of its use for own similar products and not
/// refusing (art. 130(4) Codice Privacy).
/// </summary>
/// <param name="IsAddressFromSubject">The person typed or said it; it was not looked up.</param>
/// <param name="IsSale">In a sale, not in a quote or a free account.</param>
/// <param name="WasInformed">The use and the right to refuse were told then.</param>
/// <param name="Until">Ended by a refusal, a withdrawal or an objection; DateTimeOffset.MaxValue while it stands.</param>
public sealed record SoftOptIn(
    ConsentId Id,
    bool IsAddressFromSubject,
    bool IsSale,
    bool WasInformed,
    DateTimeOffset From,
    DateTimeOffset Until)
{
    /// <summary>The entry of the ledger that ended it; null: it stands.</summary>
    public ConsentId? EndedBy { get; init; }

    /// <summary>The longest that anything kept on it is kept, as was stated when it was given (E20); null: nothing was.</summary>
    public CalendarPeriod? RetentionTerm { get; init; }

    /// <summary>The address itself; empty: from before it was kept, and about the person.</summary>
    public IReadOnlyList<IdentifierHash> Addresses { get; init; } = [];
}
