using Google.Rpc;
using Grpc.Core;

namespace Tracker.Server.Import.Sending;

/// <summary>Reads from a refusal whether and when to come again.</summary>
internal static class RetryAdvice
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <remarks>A status with an exception was made on our side: the connection broke. Repeating is safe, ids recognise it.</remarks>
    public static bool IsWorthRepeating(RpcException refusal) =>
        refusal.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted
        || refusal.Status.DebugException is IOException or HttpRequestException;

    /// <returns>The pause the server asks for; null if it asks for none.</returns>
    public static TimeSpan? PauseOf(RpcException refusal)
    {
        if (refusal.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay is not { } delay)
        {
            return null;
        }

        var pause = TimeSpan.FromSeconds(Math.Clamp(delay.Seconds, 0, (long)LongestPause.TotalSeconds))
            + TimeSpan.FromMilliseconds(delay.Nanos / 1_000_000);
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }
}
