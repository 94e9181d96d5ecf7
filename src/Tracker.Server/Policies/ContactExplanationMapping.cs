using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Profiles;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal static class ContactExplanationMapping
{
    public static (ProfileReference Profile, Purpose Purpose) ToCore(this Wire.ExplainContactRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var asked = (request.Profile.ToCore(at, "profile"), request.Purpose.Required(at, "purpose"));
        violations.ThrowIfAny();
        return asked;
    }

    public static Wire.ExplainContactResponse ToWire(this IReadOnlyList<ExplainedContact> explained) => new() { Documents = { explained.Select(ToWire) } };

    private static Wire.ContactExplanation ToWire(ExplainedContact explained)
    {
        var (document, decision) = (explained.Document, explained.Document.Decision);
        var record = ExplanationMapping.ToRecord(explained.Grants, explained.Policy);
        record.RetentionClass = Wire.RetentionClass.Contact;
        record.ExpireAt = document.ExpireAt.ToWire();
        record.Holds.AddRange(document.Holds);
        return new()
        {
            ProfileId = document.Profile.ToWire(),
            Stage = (Wire.Stage)decision.Stage,
            DecisionId = decision.Id.ToString(),
            DecidedAt = decision.DecidedAt.ToWire(),
            ConsentEpoch = decision.ConsentEpoch,
            PolicyVersion = decision.PolicyVersion,
            PolicySha256 = Convert.ToHexStringLower(decision.PolicySha256.Span),
            LastInteractionAt = document.LastInteractionAt.ToWire(),
            Record = record,
            Fields = { explained.Fields.Select(ToWire) },
        };
    }

    private static Wire.ContactFieldExplanation ToWire(ExplainedField field) => new()
    {
        Field = field.Said.Field.Path(),
        Purpose = (Wire.Purpose)field.Purpose,
        StatedAt = field.Said.At.ToWire(),
        SourceId = field.Said.Source,
        EvidenceIds = { field.Said.Proof },
    };
}
