using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Opening;

/// <summary>The first question to a database that may come up later than the server.</summary>
internal static class StoreStart
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    /// <exception cref="RefusalException">It was not answered in that time.</exception>
    public static async Task WaitAsync(Func<Task> ask, TimeSpan timeout, CancellationToken cancellation)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(AskEvery);
        while (true)
        {
            try
            {
                await ask();
                return;
            }
            catch (RefusalException) when (TimeProvider.System.GetElapsedTime(begun) < timeout)
            {
                await timer.WaitForNextTickAsync(cancellation);
            }
        }
    }
}
