using Tracker.Core.Model;
using Tracker.Core.Policies;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal static class PolicyMapping
{
    private static readonly Stage[] Stages = [.. Enum.GetValues<Stage>().Where(stage => stage != Stage.Unspecified)];

    public static Wire.GetPolicyResponse ToWire(this Policy policy) => new()
    {
        Policy = new Wire.Policy
        {
            PolicyVersion = policy.Version,
            Sha256 = Convert.ToHexStringLower(policy.Sha256.Span),
            TimeZone = policy.Zone.Id,
            Matrix = { policy.Purposes.Values.OrderBy(rule => rule.Purpose).SelectMany(Cells) },
            Rules = { policy.Rules.Select(ToWire) },
            Types_ = { policy.Types.Values.OrderBy(type => type.Name, StringComparer.Ordinal).Select(ToWire) },
        },
    };

    private static IEnumerable<Wire.MatrixCell> Cells(PurposeRule rule) => Stages.Select(stage => new Wire.MatrixCell
    {
        Purpose = (Wire.Purpose)rule.Purpose,
        Stage = (Wire.Stage)stage,
        AdmissibleBases = { rule.Rows[0].Cells.GetValueOrDefault(stage, []).Select(admissible => (Wire.LegalBasis)admissible.Basis) },
    });

    private static Wire.RetentionRule ToWire(RetentionRule rule) => new()
    {
        RuleId = rule.Id,
        Purpose = (Wire.Purpose)(rule.Purpose ?? Purpose.Unspecified),
        DataCategory = (Wire.DataCategory)(rule.Category ?? DataCategory.Unspecified),
        LegalBasis = (Wire.LegalBasis)(rule.Basis ?? LegalBasis.None),
        Terminators = { rule.Terminators.Select(ToWire) },
        OuterCap = rule.OuterCap.ToString(),
        LegalReference = rule.LegalReference,
    };

    private static Wire.RetentionTerminator ToWire(Terminator terminator) => new()
    {
        Anchor = EnumNames<Anchor>.Of(terminator.Anchor),
        Period = terminator.Period.ToString(),
        IsFloor = terminator.IsFloor,
    };

    private static Wire.InteractionType ToWire(InteractionType type) => new()
    {
        Name = type.Name,
        DefaultPurposes = { type.DefaultPurposes.Select(purpose => (Wire.Purpose)purpose) },
        IdentifierRequired = type.IsIdentifierRequired,
        Initiator = (Wire.Initiator)type.Initiator,
        MovesLastInteraction = type.MovesLastInteraction,
        EstablishesFact = type.Fact is { } fact ? EnumNames<FactKind>.Of(fact) : "",
        Description = type.Description,
    };
}
