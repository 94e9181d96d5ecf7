using System.Collections.Concurrent;
using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Tracker.Server.Ingestion;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>A source that sends receipts of nobody at a fixed rate, whatever it is told, and repeats none.</summary>
internal sealed class Flooder(string name, Uri server, string key, int perSecond) : IDisposable
{
    private const int Batch = 50;

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(server);
    private readonly ConcurrentBag<double> _used = [];
    private int _accepted;
    private int _refused;
    private int _withDelay;

    public int Sent { get; private set; }

    public int Accepted => _accepted;

    public int Refused => _refused;

    /// <summary>Every refusal said when to come back.</summary>
    public bool WereAllToldWhen => _withDelay == _refused;

    /// <summary>What the trailers said of the limit.</summary>
    public IReadOnlyCollection<double> Used => _used;

    /// <summary>Returns when every call has its answer.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellation)
    {
        List<Task> calls = [];
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (watch.Elapsed < duration)
        {
            await timer.WaitForNextTickAsync(cancellation);
            for (var due = (int)(watch.Elapsed.TotalSeconds * perSecond); Sent + Batch <= due; Sent += Batch)
            {
                calls.Add(SendAsync([.. Enumerable.Range(Sent, Batch).Select(Receipt)], cancellation));
            }
        }

        await Task.WhenAll(calls);
    }

    /// <returns>Whether one more is accepted, now that it is quiet.</returns>
    public async Task<bool> SendOneAsync(CancellationToken cancellation)
    {
        var before = _accepted;
        await SendAsync([Receipt(Sent++)], cancellation);
        return _accepted == before + 1;
    }

    public void Dispose() => _channel.Dispose();

    private async Task SendAsync(Wire.Interaction[] receipts, CancellationToken cancellation)
    {
        using var call = new Wire.InteractionService.InteractionServiceClient(_channel).RecordInteractionsAsync(
            new() { Interactions = { receipts } }, new Metadata { { "x-api-key", key } }, cancellationToken: cancellation);
        try
        {
            var answer = await call;
            Interlocked.Add(ref _accepted, answer.Results.Count(result => result.Outcome == Wire.Outcome.Accepted));
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.ResourceExhausted)
        {
            Interlocked.Add(ref _refused, receipts.Length);
            Interlocked.Add(ref _withDelay, refusal.GetRpcStatus()?.GetDetail<RetryInfo>() is null ? 0 : receipts.Length);
        }

        _used.Add(double.Parse(call.GetTrailers().GetValue(LimitTrailer.Name)!, System.Globalization.CultureInfo.InvariantCulture));
    }

    private Wire.Interaction Receipt(int number) => new()
    {
        MessageId = $"{name}-{number}",
        Type = "purchase.completed",
        Channel = Wire.Channel.Pos,
        OccurredAt = DateTimeOffset.UtcNow.ToTimestamp(),
        Content = new() { Commerce = new() { OrderId = $"{name}-{number}", Total = new() { CurrencyCode = "EUR", Units = 21 } } },
    };
}
