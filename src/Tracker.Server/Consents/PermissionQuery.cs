using Tracker.Core.Model;

namespace Tracker.Server.Consents;

internal sealed record PermissionQuery(ProfileReference Profile, Purpose Purpose, ContactChannel ContactChannel);
