using System.Diagnostics;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

public sealed class PermissionCheck
{
    public Task<PermissionAnswer> CheckAsync(Caller caller, ProfileReference reference, Purpose purpose, ContactChannel channel, CancellationToken cancellation) =>
        throw new UnreachableException();
}
