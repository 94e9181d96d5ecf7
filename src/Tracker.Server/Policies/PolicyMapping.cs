using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal static class PolicyMapping
{
    public static Wire.GetPolicyResponse ToWire(this Policy policy) => new()
    {
        Policy = new Wire.Policy
        {
            PolicyVersion = policy.Version,
            Sha256 = Convert.ToHexStringLower(policy.Sha256.Span),
            TimeZone = policy.Zone.Id,
            Matrix = { policy.Purposes.Values.OrderBy(rule => rule.Purpose).SelectMany(MatrixMapping.ToCells) },
            Rows = { policy.Purposes.Values.OrderBy(rule => rule.Purpose).SelectMany(MatrixMapping.ToRows) },
            Purposes = { policy.Purposes.Values.OrderBy(rule => rule.Purpose).Select(ToWire) },
            Rules = { policy.Rules.Select(ToWire) },
            Types_ = { policy.Types.Values.OrderBy(type => type.Name, StringComparer.Ordinal).Select(ToWire) },
            Fields = { policy.Fields.Values.OrderBy(rule => rule.Field).Select(ToWire) },
            LegalRules = { policy.LegalRules.Select(ToWire) },
            Periods = { Periods(policy) },
            Children = policy.Children.ToWire(),
            SpecialCategories = { policy.SpecialCategories.Select(PeopleMapping.ToWire) },
            Assessments = { policy.Assessments.Select(PeopleMapping.ToWire) },
            ObjectionReach = { policy.ObjectionReach.OrderBy(entry => entry.Key).Select(PeopleMapping.ToWire) },
            NoticeTerms = { policy.NoticeRetention.OrderBy(entry => entry.Key).Select(entry => new Wire.NoticeTerm { Purpose = (Wire.Purpose)entry.Key, Period = entry.Value.ToString() }) },
            Document = Google.Protobuf.ByteString.CopyFrom(policy.Document.Span),
        },
    };

    private static Wire.PurposeDefinition ToWire(PurposeRule rule) => new()
    {
        Purpose = (Wire.Purpose)rule.Purpose,
        Iri = rule.Iri,
        RetentionClass = (Wire.RetentionClass)rule.Class,
        Needs = { rule.Needs.Members().Select(ContentFields.Path) },
        Contracts = { rule.Contracts.Select(kind => (Wire.ContractKind)kind) },
    };

    private static Wire.FieldDefinition ToWire(FieldRule rule) => new()
    {
        Field = rule.Field.Path(),
        DataCategory = (Wire.DataCategory)rule.Category,
        SpecialCategory = rule.IsSpecialCategory,
        Criminal = rule.IsCriminal,
        Inferred = rule.IsInferred,
        ThirdParty = rule.IsThirdPartyData,
        FreeText = rule.IsFreeText,
    };

    private static Wire.LegalRule ToWire(LegalRule rule) => new()
    {
        LegalRuleId = rule.Id,
        Purpose = (Wire.Purpose)rule.Purpose,
        Types_ = { rule.Types.Order(StringComparer.Ordinal) },
        Fields = { rule.Fields.Members().Select(ContentFields.Path) },
        LegalReference = rule.Reference,
        AfterPurchase = rule.AfterPurchase?.ToString() ?? "",
    };

    private static Wire.RetentionRule ToWire(RetentionRule rule) => new()
    {
        RuleId = rule.Id,
        Purpose = (Wire.Purpose)(rule.Purpose ?? Purpose.Unspecified),
        DataCategory = (Wire.DataCategory)(rule.Category ?? DataCategory.Unspecified),
        LegalBasis = (Wire.LegalBasis)(rule.Basis ?? LegalBasis.None),
        EPrivacyGround = (Wire.EPrivacyGround)(rule.Ground ?? EPrivacyGround.Unspecified),
        Terminators = { rule.Terminators.Select(ToWire) },
        OuterCap = rule.OuterCap.ToString(),
        Action = EnumNames<RetentionAction>.Of(rule.Action),
        RetentionJustificationId = rule.JustificationId,
        DpiaId = rule.DpiaId,
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
        AdmissiblePurposes = { type.AdmissiblePurposes.Order().Select(purpose => (Wire.Purpose)purpose) },
        IdentifierRequired = type.IsIdentifierRequired,
        Initiator = (Wire.Initiator)type.Initiator,
        MovesLastInteraction = type.MovesLastInteraction,
        EstablishesFact = type.Fact is { } fact ? EnumNames<FactKind>.Of(fact) : "",
        EndsContract = type.EndsContract,
        ContactChannel = (Wire.ContactChannel)type.ContactChannel,
        Description = type.Description,
    };

    private static IEnumerable<Wire.NamedPeriod> Periods(Policy policy)
    {
        yield return Named("activity_window", policy.ActivityWindow);
        yield return Named("quote_validity", policy.QuoteValidity);
        yield return Named("inactivity_cap", policy.InactivityCap);
        yield return Named("device_consent_validity", policy.DeviceConsentValidity);
        yield return Named("confirmation_validity", policy.ConfirmationValidity);
        yield return Named("reask_after", policy.ReaskAfter);
        yield return Named("notice_grace", policy.NoticeGrace);
        yield return Named("register_check_validity", policy.RegisterCheckValidity);
        yield return Named("register_contract_tail", policy.RegisterContractTail);
        yield return Named("soft_opt_in_window", policy.SoftOptInWindow);
        yield return Named("outer_cap", policy.OuterCap);
    }

    private static Wire.NamedPeriod Named(string name, CalendarPeriod period) => new() { Name = name, Period = period.ToString() };
}
