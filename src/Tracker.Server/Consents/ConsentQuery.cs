using Tracker.Core.Model;

namespace Tracker.Server.Consents;

internal sealed record ConsentQuery(ProfileReference Profile, Purpose Purpose, int PageSize, string PageToken);
