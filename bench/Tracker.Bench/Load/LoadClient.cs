using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using HdrHistogram;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Load;

/// <summary>The client process: it sends serialised interactions to a server over some connections, and counts and times the answers.</summary>
internal sealed class LoadClient : IDisposable
{
    private const int OneResult = Wire.RecordInteractionResponse.ResultFieldNumber;
    private const int ManyResults = Wire.RecordInteractionsResponse.ResultsFieldNumber;
    private const int StreamResults = Wire.StreamInteractionsResponse.ResultsFieldNumber;
    private static readonly long LongestMicroseconds = (long)TimeSpan.FromMinutes(2).TotalMicroseconds;

    private readonly GrpcChannel[] _channels;
    private readonly CallInvoker[] _invokers;

    public LoadClient(Uri server, int connections)
    {
        _channels = [.. Enumerable.Range(0, connections).Select(_ => GrpcChannel.ForAddress(server, new()
        {
            MaxSendMessageSize = null,
            MaxReceiveMessageSize = null,
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan },
        }))];
        _invokers = [.. _channels.Select(channel => channel.CreateCallInvoker())];
    }

    /// <summary>One interaction a call, so many calls at a time.</summary>
    public Task<LoadResult> UnaryAsync(byte[][] bodies, int inFlight, CancellationToken cancellation) =>
        CallAsync([.. bodies.Select(body => RawCalls.Message([body], Wire.RecordInteractionRequest.InteractionFieldNumber))], RawCalls.One, OneResult, 1, inFlight, cancellation);

    /// <summary>So many interactions a call.</summary>
    public Task<LoadResult> BatchAsync(byte[][] bodies, int batch, int inFlight, CancellationToken cancellation) =>
        CallAsync([.. bodies.Chunk(batch).Select(some => RawCalls.Message(some, Wire.RecordInteractionsRequest.InteractionsFieldNumber))], RawCalls.Many, ManyResults, batch, inFlight, cancellation);

    /// <summary>Streams of batches, each stream with so many batches that are not answered yet.</summary>
    public Task<LoadResult> StreamAsync(byte[][] bodies, int batch, int streams, int window, CancellationToken cancellation)
    {
        byte[][] messages = [.. bodies.Chunk(batch).Select(some => RawCalls.Message(some, Wire.StreamInteractionsRequest.InteractionsFieldNumber))];
        return MeasureAsync(async (outcomes, latencies) =>
        {
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => OneStreamAsync(_invokers[stream % _invokers.Length])));

            async Task OneStreamAsync(CallInvoker invoker)
            {
                using var call = invoker.AsyncDuplexStreamingCall(RawCalls.Stream, host: null, new CallOptions(cancellationToken: cancellation));
                var sent = new Queue<long>();
                var isOver = false;
                while (!isOver || sent.Count > 0)
                {
                    while (!isOver && sent.Count < window)
                    {
                        var place = Interlocked.Increment(ref next);
                        isOver = place >= messages.Length;
                        if (!isOver)
                        {
                            sent.Enqueue(Stopwatch.GetTimestamp());
                            await call.RequestStream.WriteAsync(messages[place], cancellation);
                        }
                    }

                    if (sent.Count > 0 && await call.ResponseStream.MoveNext(cancellation))
                    {
                        latencies.RecordValue(Microseconds(sent.Dequeue()));
                        outcomes.Count(call.ResponseStream.Current, StreamResults);
                    }
                }

                await call.RequestStream.CompleteAsync();
            }
        });
    }

    /// <summary>
    /// One interaction a call, due at a fixed rate whatever the server does; a latency counts from when the call was due, so that a
    /// server that stalls does not slow down who measures it (coordinated omission).
    /// </summary>
    public Task<LoadResult> PacedAsync(byte[][] bodies, double perSecond, CancellationToken cancellation)
    {
        byte[][] messages = [.. bodies.Select(body => RawCalls.Message([body], Wire.RecordInteractionRequest.InteractionFieldNumber))];
        return MeasureAsync(async (outcomes, latencies) =>
        {
            var calls = new List<Task>(messages.Length);
            var began = Stopwatch.GetTimestamp();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            while (calls.Count < messages.Length && await timer.WaitForNextTickAsync(cancellation))
            {
                var due = Math.Min(messages.Length, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond));
                while (calls.Count < due)
                {
                    var dueAt = began + (long)(calls.Count / perSecond * Stopwatch.Frequency);
                    calls.Add(OneCallAsync(_invokers[calls.Count % _invokers.Length], RawCalls.One, messages[calls.Count], OneResult, 1, dueAt, outcomes, latencies, cancellation));
                }
            }

            await Task.WhenAll(calls);
        });
    }

    public void Dispose() => Array.ForEach(_channels, channel => channel.Dispose());

    private Task<LoadResult> CallAsync(byte[][] messages, Method<byte[], byte[]> method, int results, int interactions, int inFlight, CancellationToken cancellation) =>
        MeasureAsync((outcomes, latencies) =>
        {
            var next = -1;
            return Task.WhenAll(Enumerable.Range(0, inFlight).Select(caller => Task.Run(() => OneCallerAsync(_invokers[caller % _invokers.Length]), cancellation)));

            async Task OneCallerAsync(CallInvoker invoker)
            {
                for (var place = Interlocked.Increment(ref next); place < messages.Length; place = Interlocked.Increment(ref next))
                {
                    await OneCallAsync(invoker, method, messages[place], results, interactions, Stopwatch.GetTimestamp(), outcomes, latencies, cancellation);
                }
            }
        });

    private static async Task OneCallAsync(
        CallInvoker invoker,
        Method<byte[], byte[]> method,
        byte[] message,
        int results,
        int interactions,
        long dueAt,
        Outcomes outcomes,
        HistogramBase latencies,
        CancellationToken cancellation)
    {
        try
        {
            using var call = invoker.AsyncUnaryCall(method, host: null, new CallOptions(cancellationToken: cancellation), message);
            outcomes.Count(await call, results);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.ResourceExhausted)
        {
            outcomes.Refuse(interactions);
        }

        latencies.RecordValue(Microseconds(dueAt));
    }

    private static long Microseconds(long since) => Math.Clamp((long)Stopwatch.GetElapsedTime(since).TotalMicroseconds, 1, LongestMicroseconds);

    private static async Task<LoadResult> MeasureAsync(Func<Outcomes, HistogramBase, Task> run)
    {
        var (outcomes, latencies) = (new Outcomes(), new LongConcurrentHistogram(1, LongestMicroseconds, numberOfSignificantValueDigits: 3));
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await run(outcomes, latencies);
        watch.Stop();
        self.Refresh();
        return new(watch.Elapsed, outcomes, latencies, self.TotalProcessorTime - cpu);
    }
}
