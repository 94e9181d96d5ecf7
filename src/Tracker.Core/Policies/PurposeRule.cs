using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What the policy says of one purpose.</summary>
/// <param name="Class">Where what is kept for it is stored.</param>
/// <param name="Needs">The fields it needs; all others are dropped (GDPR Art. 5(1)(c)).</param>
/// <param name="Rows">The matrix: one row, or one for each group of media.</param>
public sealed record PurposeRule(
    Purpose Purpose,
    RetentionClass Class,
    FieldSet Needs,
    IReadOnlyList<MatrixRow> Rows)
{
    /// <summary>The purpose in the Data Privacy Vocabulary, for receipts and the record of processing.</summary>
    public string Iri { get; init; } = "";

    /// <summary>The contracts that carry it on CONTRACT, in the order they are tried; empty where no cell has that basis.</summary>
    public IReadOnlyList<ContractKind> Contracts { get; init; } = [];

    /// <summary>Whether it is decided medium by medium, as marketing is.</summary>
    public bool IsByMedium => Rows.Any(row => row.ContactChannels.Count > 0);

    /// <summary>Whether any row admits consent at any stage: of what it carries nowhere there is none to refuse.</summary>
    public bool MayRestOnConsent => Rows.Any(row => row.Cells.Values.Any(cell => cell.Any(admissible => admissible.Basis == LegalBasis.Consent)));

    /// <summary>Whether any row admits the basis at the stage.</summary>
    public bool Admits(Stage stage, LegalBasis basis) => Rows.Any(row => row.Cells[stage].Any(admissible => admissible.Basis == basis));
}
