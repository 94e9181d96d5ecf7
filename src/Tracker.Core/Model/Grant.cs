namespace Tracker.Core.Model;

/// <summary>The right to keep something for one purpose: basis, ePrivacy ground, proof, and the rule that ends it.</summary>
/// <param name="EvidenceIds">Ids of the consents, the legal rule or the contract that prove the basis.</param>
/// <param name="Until">From this instant on the purpose may no longer see it.</param>
public sealed record Grant(
    Purpose Purpose,
    LegalBasis Basis,
    EPrivacyGround Ground,
    IReadOnlyList<string> EvidenceIds,
    string RuleId,
    DateTimeOffset Until)
{
    /// <summary>
    /// Decided of a source directed at children: while the age is not known, it is that of a child (E15). A right of the contact
    /// is one only while no other source has proved it too; what was stored before this was kept is none.
    /// </summary>
    public bool IsChildDirected { get; init; }

    /// <summary>Entries of the ledger are its proof.</summary>
    public bool RestsOnLedger => Basis == LegalBasis.Consent || Ground == EPrivacyGround.SoftOptIn1304;

    /// <summary>
    /// Of the contact document, whose clock slides: when the first of what proves the right happened, which tells what has ended since.
    /// Null: a right of a record, which has that time itself, or one from before it was kept.
    /// </summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>
    /// SHA-256, in hexadecimal, of the later policy under which a review moved the end earlier; empty: the end is that of the
    /// policy that decided. Stored with records, whose end is explained.
    /// </summary>
    public string EndPolicy { get; init; } = "";
}
