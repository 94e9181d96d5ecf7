using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Profiles;
using Tracker.Server.Model;
using Tracker.Server.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Profiles;

internal static class ProfileMapping
{
    public static ProfileQuery ToCore(this Wire.GetProfileRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new ProfileQuery(request.Profile.ToCore(at, "profile"), request.Purpose.Required(at, "purpose"));
        violations.ThrowIfAny();
        return query;
    }

    public static Wire.GetProfileResponse ToWire(this ProfileView view) => new()
    {
        Profile = new Wire.Profile
        {
            ProfileId = view.Id.ToWire(),
            Stage = (Wire.Stage)view.Stage,
            Contact = view.Contact.ToWire(),
            Preferences = view.Preferences.ToWire(),
            LastInteractionAt = view.LastInteractionAt.ToWire(),
            IdentifierKinds = { view.IdentifierKinds.Select(kind => (Wire.IdentifierKind)kind) },
            ExpireAt = view.ExpireAt.ToWire(),
            ConsentEpoch = view.ConsentEpoch,
            FirstSeenAt = view.FirstSeenAt.ToWire(),
            StageHistory = { view.StageHistory.Select(change => change.ToWire()) },
            FieldStatements = { view.Statements.Select(said => new Wire.FieldStatement { Field = said.Field.Path(), StatedAt = said.At.ToWire(), SourceId = said.Source }) },
            MemberProfileIds = { view.Members.Select(member => member.ToWire()) },
        },
    };
}
