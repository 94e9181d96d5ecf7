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
            request.Purpose.Required(at, "purpose"),
            CoreEnum.Of<ContactChannel>((int)request.ContactChannel, at, "contact_channel"));
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
    };
}
