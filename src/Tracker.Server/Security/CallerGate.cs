using Grpc.Core;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>Finds out who calls.</summary>
internal sealed class CallerGate(CallerDirectory callers) : CallGate
{
    protected override void Check(ServerCallContext context) => context.SetCaller(Identify(ApiKey.Find(context.RequestHeaders)));

    private Caller Identify(string? key) => key is null
        ? callers.Keyless ?? throw RefusalException.Unauthenticated("An API key is needed: send it as metadata 'authorization: Bearer <key>' or 'x-api-key: <key>'.")
        : callers.Find(key) ?? throw RefusalException.Unauthenticated("The API key is not known.");
}
