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

    /// <summary>
    /// Of a record, of a purpose that is decided medium by medium: the medium of the interaction, by which alone it is carried and objected to. Unspecified: any
    /// medium that its basis has carries it; also in what was stored before this was kept.
    /// </summary>
    public ContactChannel ContactChannel { get; init; }

    /// <summary>Entries of the ledger are its proof.</summary>
    public bool RestsOnLedger => Basis == LegalBasis.Consent || Ground == EPrivacyGround.SoftOptIn1304;

    /// <summary>
    /// Of the contact document, whose clock slides: when the first of what proves the right happened, which tells what has ended since.
    /// Null: a right of a record, which has that time itself, or one from before it was kept.
    /// </summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>
    /// Of the contact document, of a right that rests on no gift of the person's: SHA-256, in hexadecimal, of the policy that it was first given under, whose rule a longer
    /// one does not change for what is there (E20). Of the record of a sale that was claimed, the policy that the sale was stored under before. Empty: any other right of a
    /// record, or one of a gift, whose own terms count.
    /// </summary>
    public string GivenUnder { get; init; } = "";

    /// <summary>
    /// SHA-256, in hexadecimal, of the policy that the end is from; empty: of the one that decided. Of a record a later one, under which a review moved the end
    /// earlier, or the one that a claimed sale was stored under; of the contact document an earlier one, since when the end has not slid.
    /// </summary>
    public string EndPolicy { get; init; } = "";
}
