using Grpc.Core;
using Tracker.Core.Model;
using Tracker.Server.Hosting;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Security;

/// <summary>Lets a call through if its key carries what the RPC declares.</summary>
internal sealed class PermissionGate(RequiredPermissions required) : CallGate
{
    protected override void Check(ServerCallContext context)
    {
        var permission = required.Of(context.Method);
        if (!context.Caller().Permissions.Contains(permission))
        {
            throw RefusalException.PermissionMissing(RequiredPermissions.NameOf((Wire.Permission)permission));
        }
    }
}
