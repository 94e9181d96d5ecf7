using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What is to be appended, or what is there already and answers the request.</summary>
internal sealed record LedgerStep(ConsentEntry Entry)
{
    public bool IsKnown { get; init; }

    public EvidenceDetails? Details { get; init; }

    public SubjectAge? Age { get; init; }

    /// <summary>The tokens that confirm the entry, one for each medium that waits.</summary>
    public IReadOnlyList<ConfirmationToken> Tokens { get; init; } = [];

    public static LedgerStep Known(ConsentEntry entry) => new(entry) { IsKnown = true };
}
