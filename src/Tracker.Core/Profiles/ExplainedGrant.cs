using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Profiles;

/// <summary>One right to hold a record, with its proof and whether it would be given again now.</summary>
public sealed record ExplainedGrant
{
    public required Grant Grant { get; init; }

    /// <summary>The entries of the ledger among its evidence; a law, a contract or an assessment has none.</summary>
    public required IReadOnlyList<ConsentEntry> Evidence { get; init; }

    /// <summary>The entries that ended any of its evidence, and the objections to it with what was decided of them.</summary>
    public required IReadOnlyList<ConsentEntry> EndedBy { get; init; }

    /// <summary>Why it would not be given now; None: it would.</summary>
    public required Reason DenialNow { get; init; }

    /// <summary>Conditions of GDPR Art. 9(2) under which it shows what is special in the record; empty: nothing is, or none carries it.</summary>
    public required IReadOnlyList<SpecialCategoryRule> Conditions { get; init; }

    /// <summary>When its contract ran; null: it rests on none, or nothing is known of it.</summary>
    public Validity? Contract { get; init; }

    /// <summary>The words of another policy than the one that decided, which its end is from; null: there is none, or they are not known any more.</summary>
    public PolicyTexts? EndPolicy { get; init; }
}
