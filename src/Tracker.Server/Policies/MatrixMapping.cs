using Tracker.Core.Model;
using Tracker.Core.Policies;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal static class MatrixMapping
{
    private static readonly Stage[] Stages = [.. Enum.GetValues<Stage>().Where(stage => stage != Stage.Unspecified)];

    /// <summary>All media of a purpose together.</summary>
    public static IEnumerable<Wire.MatrixCell> ToCells(PurposeRule rule) => Stages.Select(stage => new Wire.MatrixCell
    {
        Purpose = (Wire.Purpose)rule.Purpose,
        Stage = (Wire.Stage)stage,
        AdmissibleBases = { rule.Rows.SelectMany(row => row.Cells[stage]).Select(admissible => (Wire.LegalBasis)admissible.Basis).Distinct() },
    });

    public static IEnumerable<Wire.MatrixRow> ToRows(PurposeRule rule) => rule.Rows.Select(row => new Wire.MatrixRow
    {
        Purpose = (Wire.Purpose)rule.Purpose,
        ContactChannels = { row.ContactChannels.Order().Select(channel => (Wire.ContactChannel)channel) },
        Cells = { Stages.Select(stage => new Wire.MatrixRowCell { Stage = (Wire.Stage)stage, Bases = { row.Cells[stage].Select(ToWire) } }) },
        RequiresConsent = { row.AlsoNeedsConsentTo.Order().Select(purpose => (Wire.Purpose)purpose) },
    });

    private static Wire.AdmissibleBasis ToWire(AdmissibleBasis admissible) => new()
    {
        LegalBasis = (Wire.LegalBasis)admissible.Basis,
        EPrivacyGround = (Wire.EPrivacyGround)admissible.Ground,
        OnAccountTerms = admissible.IsOnAccountTerms,
        IfMinimised = admissible.IsIfMinimised,
    };
}
