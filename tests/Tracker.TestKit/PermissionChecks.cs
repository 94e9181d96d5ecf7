using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.TestKit;

/// <summary>The usual question: one purpose, one medium, nothing else stated.</summary>
public static class PermissionChecks
{
    public static Task<PermissionAnswer> CheckAsync(
        this PermissionCheck check,
        Caller caller,
        ProfileReference? reference,
        Purpose purpose,
        ContactChannel medium,
        CancellationToken cancellation) =>
        check.CheckAsync(caller, reference, new PermissionQuestion { Purpose = purpose, ContactChannel = medium }, cancellation);
}
