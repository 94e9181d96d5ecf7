using System.Diagnostics;
using Grpc.Net.Client;
using MongoDB.Driver;
using Tracker.Bench.Mongo;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Bench.Identity;

/// <summary>People with some identifiers and one receipt each, known to a server process that is called over gRPC.</summary>
internal sealed class ServedPeople : IAsyncDisposable
{
    private const int Commit = 1_000;
    private const int Callers = 4;

    // As many messages as any size needs lie below it; what is measured comes after.
    private const int FirstMeasured = 1_000_000_000;

    private readonly ServerUnderTest _server;
    private readonly string? _address;
    private readonly string _database;
    private readonly int _each;
    private readonly GrpcChannel _channel;
    private readonly Wire.InteractionService.InteractionServiceClient _client;
    private uint _drawn = 1;
    private int _people;

    private ServedPeople(ServerUnderTest server, string? address, string database, int each)
    {
        (_server, _address, _database, _each) = (server, address, database, each);
        _channel = GrpcChannel.ForAddress(server.Grpc, new() { MaxSendMessageSize = null, MaxReceiveMessageSize = null });
        _client = new(_channel);
    }

    public long PeakWorkingSet => _server.PeakWorkingSet;

    /// <param name="address">Connection string of MongoDB; null: the embedded store.</param>
    /// <param name="each">Identifiers of a person, from 1 to 3: loyalty card, e-mail address, telephone.</param>
    public static async Task<ServedPeople> StartAsync(string? address, int each, CancellationToken cancellation)
    {
        var database = $"bench_{Guid.NewGuid():N}"[..20];
        return new(await ServerUnderTest.StartAsync(address, database, [], cancellation), address, database, each);
    }

    /// <param name="count">Known identifiers.</param>
    /// <param name="most">How many there will be in the end.</param>
    /// <param name="knownFor">Since when the first of them is known; the others become so one after the other until today.</param>
    public async Task GrowToAsync(int count, int most, TimeSpan knownFor, CancellationToken cancellation)
    {
        var now = DateTimeOffset.UtcNow;
        int[][] calls = [.. Enumerable.Range(_people, (count / _each) - _people).Chunk(Commit)];
        await SendAsync(calls, person => Receipt(person, person, Workload.NamesOf(0, person).Take(_each), now - (knownFor * (1 - ((double)person * _each / most)))), cancellation);
        _people = count / _each;
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
            await SendAsync(calls, number => ByOne(number, now), cancellation);
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

    /// <summary>A receipt of anybody, by one of their identifiers; both spread by Knuth's multiplicative hash of how many were drawn.</summary>
    private Wire.Interaction ByOne(int number, DateTimeOffset now)
    {
        var drawn = unchecked((uint)number * 2_654_435_761);
        var person = (int)(drawn % (uint)_people);
        return Receipt(FirstMeasured + number, person, [Workload.NamesOf(0, person)[(int)(drawn / (uint)_people % (uint)_each)]], now);
    }

    private static Wire.Interaction Receipt(int number, int person, IEnumerable<Wire.Identifier> names, DateTimeOffset now)
    {
        var receipt = Workload.Receipt(0, number, person, now);
        receipt.Identifiers.Clear();
        receipt.Identifiers.AddRange(names);
        return receipt;
    }
}
