using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal static class PermissionMapping
{
    public static PermissionQuery ToCore(this Wire.CheckPermissionRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new PermissionQuery(
            request.Profile.ToCore(at, "profile"),
            new()
            {
                Purpose = request.Purpose.Required(at, "purpose"),
                Type = request.Type,
                ContactChannel = CoreEnum.Of<ContactChannel>((int)request.ContactChannel, at, "contact_channel"),
                Recipient = request.Recipient,
                Basis = CoreEnum.Of<LegalBasis>((int)request.LegalBasis, at, "legal_basis"),
                Message = request.Message.ToCore(),
            });
        violations.ThrowIfAny();
        return query;
    }

    public static AudienceQuery ToCore(this Wire.CheckAudienceRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new AudienceQuery(
            [.. request.Profiles.Take(PermissionCheck.MaxAudience + 1).Select((profile, i) => profile.ToCore(at, $"profiles[{i}]"))],
            new()
            {
                Purpose = request.Purpose.Required(at, "purpose"),
                Type = request.Type,
                ContactChannel = CoreEnum.Of<ContactChannel>((int)request.ContactChannel, at, "contact_channel"),
                Recipient = request.Recipient,
                Basis = CoreEnum.Of<LegalBasis>((int)request.LegalBasis, at, "legal_basis"),
                Message = request.Message.ToCore(),
            });
        violations.ThrowIfAny();
        return query;
    }

    public static Wire.CheckPermissionResponse ToWire(this PermissionAnswer answer) => new()
    {
        Permitted = answer.IsPermitted,
        LegalBasis = (Wire.LegalBasis)answer.Basis,
        EvidenceIds = { answer.EvidenceIds },
        Reason = answer.Reason.ToWire(),
        Stage = (Wire.Stage)answer.Stage,
        ConsentEpoch = answer.ConsentEpoch,
        PolicyVersion = answer.PolicyVersion,
        PolicySha256 = Convert.ToHexStringLower(answer.PolicySha256.Span),
    };

    public static Wire.CheckAudienceResponse ToWire(this AudienceAnswer answer) => new()
    {
        Results =
        {
            answer.People.Select(person => new Wire.AudienceResult
            {
                Permitted = person.IsPermitted,
                Reason = person.Reason.ToWire(),
                ConsentEpoch = person.ConsentEpoch,
            }),
        },
        CheckedAt = answer.CheckedAt.ToWire(),
        ValidUntilAt = answer.ValidUntil.ToWire(),
        PolicyVersion = answer.PolicyVersion,
        PolicySha256 = Convert.ToHexStringLower(answer.PolicySha256.Span),
    };
}
