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
    /// Of the contact document: since when something is stated that the right keeps, where that was stated for an earlier right to the same purpose. A rule that has become
    /// longer since does not keep it longer (E20). Null: since <see cref="GivenAt"/>.
    /// </summary>
    public DateTimeOffset? KeepsSince { get; init; }

    /// <summary>
    /// SHA-256, in hexadecimal, of the policy that the end is from; empty: of the one that decided. Of a record one that was in force since it happened,
    /// and kept it shorter; of the contact document also an earlier one, since when the end has not slid.
    /// </summary>
    public string EndPolicy { get; init; } = "";
}
