using Xunit;

namespace Tracker.TestServers;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    public static Task BecomesAsync(string what, Func<Task<bool>> condition, CancellationToken cancellation) => BecomesAsync(() => what, condition, cancellation);

    /// <param name="what">Told where it does not come about, as it is then.</param>
    public static async Task BecomesAsync(Func<string> what, Func<Task<bool>> condition, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Limit);
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                Assert.Fail($"Not within {Limit.TotalSeconds} seconds: {what()}");
            }
        }
    }

    public static Task BecomesAsync(string what, Func<bool> condition, CancellationToken cancellation) =>
        BecomesAsync(what, () => Task.FromResult(condition()), cancellation);
}
