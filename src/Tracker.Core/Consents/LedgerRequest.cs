using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>Who asks for an entry, about whom.</summary>
internal sealed record LedgerRequest
{
    public required Caller Caller { get; init; }

    public required string RequestId { get; init; }

    public IReadOnlyList<IdentifierHash> Identifiers { get; init; } = [];

    /// <summary>Those of them that many people use: a no reaches whoever is behind them, and takes none of them.</summary>
    public IReadOnlyList<IdentifierHash> Blocked { get; init; } = [];

    /// <summary>The profile where it is known; otherwise the identifiers tell.</summary>
    public ProfileId? Named { get; init; }

    /// <summary>
    /// The request is the ledger's own, by a key that no caller can name. Whether it is a repeat, the decision itself tells
    /// from the ledger: what was answered before may be over by now.
    /// </summary>
    public bool IsOwn { get; init; }

    /// <summary>When it was decided, in the sender's own words; null: not stated. Another instant is another decision.</summary>
    public DateTimeOffset? StatedAt { get; init; }

    /// <summary>Whether a stored entry, by all that it says beside its time, answers this very request.</summary>
    public required Func<ConsentEntry, bool> IsSame { get; init; }

    /// <summary>Whether what it says of the person beside the decision is known since that entry; by default it says nothing.</summary>
    public Func<ConsentEntry, LedgerView, bool> IsKnown { get; init; } = (_, _) => true;
}
