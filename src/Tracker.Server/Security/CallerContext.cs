using Grpc.Core;
using Tracker.Core.Security;

namespace Tracker.Server.Security;

/// <summary>Where the caller of a call is kept once it is known.</summary>
internal static class CallerContext
{
    private const string Key = "tracker.caller";

    public static Caller Caller(this ServerCallContext context) => (Caller)context.UserState[Key];

    public static void SetCaller(this ServerCallContext context, Caller caller) => context.UserState[Key] = caller;
}
