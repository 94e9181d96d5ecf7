using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Server.Consents;

internal sealed record AudienceQuery(IReadOnlyList<ProfileReference> Profiles, PermissionQuestion Question);
