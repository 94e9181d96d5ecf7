using System.Collections.Concurrent;
using Grpc.Core;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>Callers on every node who send views of one person as fast as they are answered.</summary>
internal sealed class Race
{
    private const int CallersPerNode = 3;
    private const int ViewsPerCall = 10;

    private readonly Shopper _shopper;
    private readonly CancellationToken _cancellation;
    private readonly ConcurrentQueue<RaceCall> _calls = new();
    private readonly Task[] _callers;
    private volatile bool _stopping;

    private Race(IEnumerable<Node> nodes, Shopper shopper, CancellationToken cancellation)
    {
        (_shopper, _cancellation) = (shopper, cancellation);
        _callers = [.. nodes.SelectMany(node => Enumerable.Repeat(node, CallersPerNode)).Select(CallAsync)];
    }

    public IReadOnlyCollection<RaceCall> Calls => _calls;

    public int Accepted => _calls.Sum(call => call.Accepted);

    public static Race Start(IEnumerable<Node> nodes, Shopper shopper, CancellationToken cancellation) => new(nodes, shopper, cancellation);

    public Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.BecomesAsync(what, () => condition() || _callers.Any(caller => caller.IsFaulted), _cancellation);

    public async Task StopAsync()
    {
        _stopping = true;
        await Task.WhenAll(_callers);
    }

    private async Task CallAsync(Node node)
    {
        while (!_stopping)
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                var answer = await node.Interactions.RecordInteractionsAsync(
                    new() { Interactions = { Enumerable.Range(0, ViewsPerCall).Select(_ => _shopper.View()) } }, cancellationToken: _cancellation);
                _calls.Enqueue(new(started, answer.Results.Count(result => result.Outcome != Wire.Outcome.Denied)));
            }
            catch (RpcException fault) when (fault.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted)
            {
                // Too many at once, or past the write deadline: nothing is known of it.
            }
        }
    }
}
