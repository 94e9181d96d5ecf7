using Tracker.Core.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model;

internal static class ProfileReferenceMapping
{
    private static readonly ProfileReference Nobody = new(ProfileId.None, null);

    public static ProfileReference ToCore(this Wire.ProfileReference? wire, Place at, string field) => wire?.ReferenceCase switch
    {
        Wire.ProfileReference.ReferenceOneofCase.ProfileId => new(ParseId(wire.ProfileId, at.In(field)), null),
        Wire.ProfileReference.ReferenceOneofCase.Identifier => new(null, wire.Identifier.ToCore(at.In(field).In("identifier"))),
        _ => Missing(at, field),
    };

    private static ProfileId ParseId(string text, Place at)
    {
        if (Guid.TryParseExact(text, "N", out var id) && id != Guid.Empty)
        {
            return new ProfileId(id);
        }

        at.Refuse("profile_id", "must be an id as answered by GetProfile: 32 hexadecimal digits");
        return ProfileId.None;
    }

    private static ProfileReference Missing(Place at, string field)
    {
        at.Refuse(field, "is required, with a profile_id or an identifier");
        return Nobody;
    }
}
