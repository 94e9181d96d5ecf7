using Grpc.Core;
using Tracker.TestServers;

namespace Tracker.Server.Tests.Faults;

/// <summary>A caller that does one thing after the other until told to stop; a call without an answer is repeated as it is on the next node.</summary>
internal abstract class Insistent(IReadOnlyList<Node> nodes, CancellationToken cancellation)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private Task _calling = Task.CompletedTask;
    private int _unknown;
    private volatile bool _stopping;

    protected CancellationToken Cancellation => cancellation;

    /// <summary>How often it has done that, with every answer that it takes.</summary>
    protected int Done { get; private set; }

    protected void Start() => _calling = CallAsync();

    /// <summary>Returns when the last of it is answered.</summary>
    protected async Task StopAsync()
    {
        _stopping = true;
        await Eventually.BecomesAsync("all calls are answered", () => _calling.IsCompleted, cancellation);
        await _calling;
        Assert.True(Done > 0);
    }

    protected abstract Task DoAsync(int number, PeriodicTimer pace);

    protected async Task<T> UntilAnsweredAsync<T>(Func<Node, DateTime, AsyncUnaryCall<T>> call, PeriodicTimer pace)
    {
        while (true)
        {
            try
            {
                return await call(nodes[_unknown % nodes.Count], DateTime.UtcNow + Deadline);
            }
            catch (RpcException fault) when (Load.IsUnknown(fault.StatusCode) && !cancellation.IsCancellationRequested)
            {
                _unknown++;
            }
            finally
            {
                await pace.WaitForNextTickAsync(cancellation);
            }
        }
    }

    private async Task CallAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stopping)
        {
            await DoAsync(Done, pace);
            Done++;
        }
    }
}
