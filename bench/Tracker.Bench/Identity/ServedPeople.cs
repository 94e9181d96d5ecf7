using System.Diagnostics;
using Grpc.Net.Client;
using MongoDB.Driver;
using Tracker.Bench.Mongo;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Identity;

/// <summary>People with one loyalty card and one receipt each, known to a server process that is called over gRPC.</summary>
internal sealed class ServedPeople : IAsyncDisposable
{
    private const int Commit = 1_000;

    // An order is kept for 26 months after its delivery.
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(700);
    private const int Callers = 4;

    // As many messages as any size needs lie below it; what is measured comes after.
    private const int FirstMeasured = 1_000_000_000;

    private readonly ServerUnderTest _server;
    private readonly string? _address;
    private readonly string _database;
    private readonly GrpcChannel _channel;
    private readonly Wire.InteractionService.InteractionServiceClient _client;
    private uint _drawn = 1;
    private int _count;

    private ServedPeople(ServerUnderTest server, string? address, string database)
    {
        (_server, _address, _database) = (server, address, database);
        _channel = GrpcChannel.ForAddress(server.Grpc, new() { MaxSendMessageSize = null, MaxReceiveMessageSize = null });
        _client = new(_channel);
    }

    public long PeakWorkingSet => _server.PeakWorkingSet;

    /// <param name="address">Connection string of MongoDB; null: the embedded store.</param>
    public static async Task<ServedPeople> StartAsync(string? address, CancellationToken cancellation)
    {
        var database = $"bench_{Guid.NewGuid():N}"[..20];
        return new(await ServerUnderTest.StartAsync(address, database, [], cancellation), address, database);
    }

    /// <param name="count">Known people.</param>
    /// <param name="most">How many there will be in the end; they become known one after the other over two years, as customers do.</param>
    public async Task GrowToAsync(int count, int most, CancellationToken cancellation)
    {
        var now = DateTimeOffset.UtcNow;
        int[][] calls = [.. Enumerable.Range(_count, count - _count).Chunk(Commit)];
        await SendAsync(calls, number => Workload.Receipt(0, number, number, now - (KnownFor * (1 - ((double)number / most)))), cancellation);
        _count = count;
    }

    /// <returns>Microseconds for each interaction, from the call to its durable answer, four calls at a time; by round, rising.</returns>
    public async Task<double[]> MeasureAsync(int batch, int warmUp, int rounds, CancellationToken cancellation)
    {
        List<double> costs = [];
        for (var round = 0; round < warmUp + rounds; round++)
        {
            var now = DateTimeOffset.UtcNow;
            int[][] calls = [.. Enumerable.Range(0, Callers).Select(_ => Enumerable.Range(0, batch).Select(_ => (int)_drawn++).ToArray())];
            var watch = Stopwatch.StartNew();
            await SendAsync(calls, number => Workload.Receipt(0, FirstMeasured + number, PersonOf(number), now), cancellation);
            costs.Add(watch.Elapsed.TotalMicroseconds / (Callers * batch));
        }

        return [.. costs.TakeLast(rounds).Order()];
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
        if (_address is not null)
        {
            using var client = new MongoClient(_address);
            await client.DropDatabaseAsync(_database, CancellationToken.None);
        }
    }

    private Task SendAsync(int[][] calls, Func<int, Wire.Interaction> of, CancellationToken cancellation) => Parallel.ForEachAsync(
        calls,
        new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellation },
        async (numbers, token) =>
        {
            var answer = await _client.RecordInteractionsAsync(new() { Interactions = { numbers.Select(of) } }, cancellationToken: token);
            if (answer.Results.FirstOrDefault(result => result.Outcome is not (Wire.Outcome.Accepted or Wire.Outcome.AcceptedStripped)) is { } other)
            {
                throw new InvalidOperationException($"An interaction was answered {other.Outcome}.");
            }
        });

    /// <summary>Anybody, spread over all of them: Knuth's multiplicative hash of how many were drawn.</summary>
    private int PersonOf(int number) => (int)(unchecked((uint)number * 2_654_435_761) % (uint)_count);
}
