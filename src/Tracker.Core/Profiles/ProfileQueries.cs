using System.Diagnostics;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

public sealed class ProfileQueries
{
    public Task<ProfileView> GetAsync(Caller caller, ProfileReference reference, Purpose purpose, CancellationToken cancellation) =>
        throw new UnreachableException();

    public Task<Timeline> ListAsync(Caller caller, TimelineQuery query, CancellationToken cancellation) =>
        throw new UnreachableException();
}
