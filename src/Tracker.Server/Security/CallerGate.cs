using Grpc.Core;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

/// <summary>Finds out who calls.</summary>
internal sealed class CallerGate(CallerDirectory callers) : CallGate
{
    private const string Wanted = "send the API key as metadata 'authorization: Bearer <key>' or 'x-api-key: <key>'.";

    protected override void Check(ServerCallContext context) => context.SetCaller(Identify(context.RequestHeaders));

    private Caller Identify(Metadata headers) => ApiKey.Find(headers) is { } key
        ? callers.Find(key) ?? throw RefusalException.Unauthenticated("The API key is not known.")
        : callers.Keyless ?? throw RefusalException.Unauthenticated(ApiKey.IsMissingScheme(headers)
            ? $"The metadata 'authorization' is there, but it is not 'Bearer <key>': {Wanted}"
            : $"An API key is needed: {Wanted}");
}
