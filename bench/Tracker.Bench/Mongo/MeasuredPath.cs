using System.Diagnostics;
using Grpc.Net.Client;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Mongo;

/// <summary>One run of the workload through a server process: gRPC, gate, identity, encryption, retention, commit.</summary>
internal sealed record MeasuredPath(TimeSpan Elapsed, int Accepted, int Denied, int Duplicates)
{
    public static async Task<MeasuredPath> RunAsync(ServerUnderTest server, Workload workload, int run, int callers, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(server.Grpc, new() { MaxSendMessageSize = null, MaxReceiveMessageSize = null });
        var client = new Wire.InteractionService.InteractionServiceClient(channel);
        List<Wire.RecordInteractionsRequest> calls = [.. workload.Calls(run, DateTimeOffset.UtcNow)];
        var answers = new Wire.RecordInteractionsResponse[calls.Count];
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, calls.Count),
            new ParallelOptions { MaxDegreeOfParallelism = callers, CancellationToken = cancellation },
            async (place, token) => answers[place] = await client.RecordInteractionsAsync(calls[place], cancellationToken: token));
        watch.Stop();
        var outcomes = answers.SelectMany(answer => answer.Results).CountBy(result => result.Outcome).ToDictionary();
        int CountOf(params Wire.Outcome[] wanted) => wanted.Sum(outcome => outcomes.GetValueOrDefault(outcome));
        var path = new MeasuredPath(watch.Elapsed, CountOf(Wire.Outcome.Accepted, Wire.Outcome.AcceptedStripped), CountOf(Wire.Outcome.Denied), CountOf(Wire.Outcome.Duplicate));
        return path.Accepted + path.Denied + path.Duplicates == outcomes.Values.Sum()
            ? path
            : throw new InvalidOperationException($"The server answered {string.Join(", ", outcomes)}.");
    }
}
