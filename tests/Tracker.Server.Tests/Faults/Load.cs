using System.Collections.Concurrent;
using Grpc.Core;
using Tracker.TestServers;

namespace Tracker.Server.Tests.Faults;

/// <summary>
/// Callers that send at a modest pace until they are told to stop. One without an answer repeats the same call on the next
/// node, for as long as it takes.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Callers = 4;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<Node> _nodes;
    private readonly Shop _shop;
    private readonly ConcurrentQueue<Delivery> _answered = new();
    private readonly CancellationTokenSource _abandoned;
    private readonly Task[] _callers;
    private volatile bool _stopping;

    private Load(IReadOnlyList<Node> nodes, Shop shop, CancellationToken cancellation)
    {
        (_nodes, _shop) = (nodes, shop);
        _abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _callers = [.. Enumerable.Range(0, Callers).Select(CallAsync)];
    }

    public IReadOnlyCollection<Delivery> Answered => _answered;

    public static Load Start(IReadOnlyList<Node> nodes, Shop shop, CancellationToken cancellation) => new(nodes, shop, cancellation);

    /// <summary>Returns when so many calls more have been answered: the nodes work.</summary>
    public async Task UntilAnsweredAsync(int more)
    {
        var until = _answered.Count + more;
        await Eventually.BecomesAsync($"{more} calls are answered", () => _answered.Count >= until || _callers.Any(caller => caller.IsFaulted), _abandoned.Token);
        await Task.WhenAll(_callers.Where(caller => caller.IsFaulted));
    }

    /// <summary>Returns when every call that was begun has its answer.</summary>
    public async Task StopAsync()
    {
        _stopping = true;
        await Eventually.BecomesAsync("all calls are answered", () => _callers.All(caller => caller.IsCompleted), _abandoned.Token);
        await Task.WhenAll(_callers);
    }

    public async ValueTask DisposeAsync()
    {
        await _abandoned.CancelAsync();
        await Task.WhenAll(_callers).ContinueWith(_ => { }, TaskScheduler.Default);
        _abandoned.Dispose();
    }

    private async Task CallAsync(int caller)
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stopping)
        {
            await DeliverAsync(_shop.Next(), caller, pace);
            await pace.WaitForNextTickAsync(_abandoned.Token);
        }
    }

    private async Task DeliverAsync(Delivery delivery, int caller, PeriodicTimer pace)
    {
        while (!await TryAsync(delivery, _nodes[(caller + delivery.Unknown) % _nodes.Count]))
        {
            delivery.Unknown++;
            await pace.WaitForNextTickAsync(_abandoned.Token);
        }

        _answered.Enqueue(delivery);
    }

    private async Task<bool> TryAsync(Delivery delivery, Node node)
    {
        try
        {
            var answer = await node.Interactions.RecordInteractionsAsync(
                new() { Interactions = { delivery.Items } }, deadline: DateTime.UtcNow + Deadline, cancellationToken: _abandoned.Token);
            delivery.Results = answer.Results;
            return true;
        }
        catch (RpcException fault) when (IsUnknown(fault.StatusCode) && !_abandoned.IsCancellationRequested)
        {
            return false;
        }
    }

    public static bool IsUnknown(StatusCode status) =>
        status is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Cancelled or StatusCode.ResourceExhausted or StatusCode.Unknown;
}
