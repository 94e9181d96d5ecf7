using Tracker.Core.Model;

namespace Tracker.Server.Profiles;

internal sealed record ProfileQuery(ProfileReference Profile, Purpose Purpose);
