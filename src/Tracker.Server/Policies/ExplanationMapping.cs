using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal static class ExplanationMapping
{
    public static ExplanationQuery ToCore(this Wire.ExplainRecordRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var purpose = request.Purpose.Required(at, "purpose");
        var query = request.RecordCase switch
        {
            Wire.ExplainRecordRequest.RecordOneofCase.InteractionId => new ExplanationQuery(ParseKey(request.InteractionId, at), "", null, purpose),
            Wire.ExplainRecordRequest.RecordOneofCase.MessageId => new ExplanationQuery(null, CheckMessageId(request.MessageId, at), SourceOf(request), purpose),
            _ => new ExplanationQuery(null, CheckMessageId("", at), null, purpose),
        };
        CheckSource(request, at);
        violations.ThrowIfAny();
        return query;
    }

    public static Wire.ExplainRecordResponse ToWire(this RecordExplanation explanation)
    {
        var record = explanation.Records[0];
        return new Wire.ExplainRecordResponse
        {
            InteractionId = record.Key.ToString(),
            Type = record.Type,
            OccurredAt = record.OccurredAt.ToWire(),
            ReceivedAt = record.ReceivedAt.ToWire(),
            ProfileId = record.Profile.ToWire(),
            Stage = (Wire.Stage)record.Decision.Stage,
            DecisionId = record.Decision.Id.ToString(),
            DecidedAt = record.Decision.DecidedAt.ToWire(),
            ConsentEpoch = record.Decision.ConsentEpoch,
            PolicyVersion = record.Decision.PolicyVersion,
            PolicySha256 = Convert.ToHexStringLower(record.Decision.PolicySha256.Span),
            Records = { explanation.Explained.Select(ToWire) },
        };
    }

    private static InteractionKey ParseKey(string text, Place at)
    {
        if (!InteractionKey.TryParse(text, out var key))
        {
            at.Refuse("interaction_id", "must be an id as answered by RecordInteraction or ListInteractions: 24 characters");
        }

        return key;
    }

    private static string CheckMessageId(string text, Place at)
    {
        if (text.Length == 0)
        {
            at.Refuse("record", "is required: an interaction_id or a message_id");
        }

        return text;
    }

    private static SourceId? SourceOf(Wire.ExplainRecordRequest request) => request.SourceId.Length == 0 ? null : new SourceId(request.SourceId);

    private static void CheckSource(Wire.ExplainRecordRequest request, Place at)
    {
        if (request.SourceId.Length > 0 && request.RecordCase == Wire.ExplainRecordRequest.RecordOneofCase.InteractionId)
        {
            at.Refuse("source_id", "must be empty beside interaction_id, which names one interaction whoever sent it; it goes with message_id");
        }
        else if (request.SourceId.Length > 32 || !request.SourceId.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            at.Refuse("source_id", "must be the name of a source: 1 to 32 of a-z, 0-9 and \"-\"; empty for the caller's own");
        }
    }

    private static Wire.RecordExplanation ToWire(ExplainedRecord explained)
    {
        var told = ToRecord(explained.Grants, explained.Policy);
        (told.RetentionClass, told.Restricted) = ((Wire.RetentionClass)explained.Record.Class, explained.Record.IsRestricted);
        told.ExpireAt = explained.Record.ExpireAt.ToWire();
        told.Holds.AddRange(explained.Record.Holds);
        return told;
    }

    /// <summary>What is told of rights, whatever is held by them.</summary>
    public static Wire.RecordExplanation ToRecord(IReadOnlyList<ExplainedGrant> grants, PolicyTexts policy) => new()
    {
        Grants = { grants.Select(explained => explained.Grant.ToWire()) },
        LegalReferences = { grants.Select(explained => policy.References.GetValueOrDefault(explained.Grant.RuleId, "")) },
        GrantExplanations = { grants.Select(grant => ToWire(grant, policy)) },
        FromDecidingPolicy = policy.IsExact,
    };

    private static Wire.GrantExplanation ToWire(ExplainedGrant explained, PolicyTexts policy) => new()
    {
        RuleText = policy.Rules.GetValueOrDefault(explained.Grant.RuleId, ""),
        LegalReference = policy.References.GetValueOrDefault(explained.Grant.RuleId, ""),
        Duties = { explained.Grant.EvidenceIds.Where(policy.References.ContainsKey).Select(id => policy.References[id]) },
        Evidence = { explained.Evidence.Select(ToWire) },
        PermittedNow = explained.DenialNow == Reason.None,
        DenialReason = explained.DenialNow.ToWire(),
        EndPolicy = EndPolicy(explained),
        EndedBy = { explained.EndedBy.Select(ToWire) },
        Assessments = { explained.Grant.EvidenceIds.Where(policy.Assessments.ContainsKey).Select(id => ToWire(id, policy.Assessments[id])) },
        Contract = explained.Contract is { } contract ? new() { FromAt = contract.From.ToWire(), UntilAt = contract.Until.ToWire() } : null,
        Article9Conditions = { explained.Conditions.Select(condition => new Wire.Article9Explanation { Condition = condition.Condition, Reference = condition.Reference }) },
    };

    private static Wire.EndPolicyExplanation? EndPolicy(ExplainedGrant explained) => explained.Grant.EndPolicy.Length == 0 ? null : new()
    {
        PolicyVersion = explained.EndPolicy?.Version ?? "",
        PolicySha256 = explained.Grant.EndPolicy,
        RuleText = explained.EndPolicy?.Rules.GetValueOrDefault(explained.Grant.RuleId, "") ?? "",
    };

    private static Wire.AssessmentExplanation ToWire(string id, Validity validity) =>
        new() { AssessmentId = id, FromAt = validity.From.ToWire(), UntilAt = validity.Until.ToWire() };

    private static Wire.EvidenceExplanation ToWire(ConsentEntry entry) => new()
    {
        EvidenceId = entry.Id.ToString(),
        Kind = EnumNames<LedgerKind>.Of(entry.Kind),
        State = (Wire.ConsentState)entry.State,
        EffectiveAt = entry.EffectiveAt.ToWire(),
        NoticeId = entry.NoticeId ?? "",
        NoticeVersion = entry.NoticeVersion ?? "",
        Recipient = entry.Recipient,
        RetentionTerm = entry.RetentionTerm?.ToString() ?? "",
    };
}
