using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class LeadOriginMapping
{
    public static LeadOrigin? ToCore(this Wire.LeadOrigin? wire, Place at) => wire is null ? null : new()
    {
        Kind = CoreEnum.Of<LeadOriginKind>((int)wire.Kind, at, "kind"),
        Name = wire.Name.OrNull(),
    };

    public static Wire.LeadOrigin? ToWire(this LeadOrigin? origin) => origin is null ? null : new()
    {
        Kind = (Wire.LeadOriginKind)origin.Kind,
        Name = origin.Name.OrEmpty(),
    };
}
