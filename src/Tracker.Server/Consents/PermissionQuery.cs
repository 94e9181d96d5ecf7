using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Server.Consents;

internal sealed record PermissionQuery(ProfileReference Profile, PermissionQuestion Question);
