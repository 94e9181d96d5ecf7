using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>One row of the matrix (compliance 2.4): bases that may carry a purpose, by stage, in the order they are tried.</summary>
/// <param name="ContactChannels">The media it speaks of; empty: the purpose has no media.</param>
public sealed record MatrixRow(
    IReadOnlySet<ContactChannel> ContactChannels,
    FrozenDictionary<Stage, IReadOnlyList<AdmissibleBasis>> Cells)
{
    /// <summary>Purposes whose consent must stand as well: an audience uploaded to a platform is shared too (compliance 2.1).</summary>
    public IReadOnlySet<Purpose> AlsoNeedsConsentTo { get; init; } = FrozenSet<Purpose>.Empty;

    /// <summary>Whether any of its cells admits the basis with that ground.</summary>
    public bool Admits(LegalBasis basis, EPrivacyGround ground) => Cells.Values.Any(cell => cell.Any(admissible => (admissible.Basis, admissible.Ground) == (basis, ground)));

    /// <summary>Whether it answers for a medium; Unspecified: any.</summary>
    public bool SpeaksOf(ContactChannel medium) => ContactChannels.Count == 0 || medium == ContactChannel.Unspecified || ContactChannels.Contains(medium);
}
