using System.Diagnostics;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Bench.Mongo;

/// <summary>What each run has added, written once more as it is: unordered, durable, into collections with the same indexes and validators.</summary>
internal sealed class BareWriter(MongoClient client, string database)
{
    private static readonly InsertManyOptions Unordered = new() { IsOrdered = false };
    private static readonly string[] NotOfTheWorkload = ["meta", "leases", "policies", "key_checks", "rollouts"];

    private readonly HashSet<(string, BsonValue)> _written = [];

    public string Target { get; } = $"{database}_bare";

    /// <summary>A start of the server makes the collections.</summary>
    public async Task PrepareAsync(string address, CancellationToken cancellation)
    {
        await using var server = await ServerUnderTest.StartAsync(address, Target, [], cancellation);
    }

    /// <summary>What the service has stored so far is nobody's to write, nor to read again before each run.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        var from = client.GetDatabase(database);
        foreach (var name in await NamesAsync(from, cancellation))
        {
            await from.GetCollection<BsonDocument>(name).DeleteManyAsync(new BsonDocument(), cancellation);
        }
    }

    public async Task<TimeSpan> RunAsync(int batch, CancellationToken cancellation)
    {
        var writes = await ReadAsync(batch, cancellation);
        var watch = Stopwatch.StartNew();
        foreach (var (collection, documents) in writes)
        {
            await collection.InsertManyAsync(documents, Unordered, cancellation);
        }

        return watch.Elapsed;
    }

    private async Task<List<(IMongoCollection<BsonDocument> Collection, BsonDocument[] Documents)>> ReadAsync(int batch, CancellationToken cancellation)
    {
        var (from, to) = (client.GetDatabase(database), client.GetDatabase(Target).WithWriteConcern(WriteConcern.WMajority.With(journal: true)));
        List<(IMongoCollection<BsonDocument> Collection, BsonDocument[] Documents)> writes = [];
        foreach (var name in await NamesAsync(from, cancellation))
        {
            var documents = await from.GetCollection<BsonDocument>(name).Find(new BsonDocument()).ToListAsync(cancellation);
            writes.AddRange(documents.Where(document => _written.Add((name, document["_id"]))).Chunk(batch).Select(some => (to.GetCollection<BsonDocument>(name), some)));
        }

        return writes;
    }

    private static async Task<IEnumerable<string>> NamesAsync(IMongoDatabase from, CancellationToken cancellation) =>
        (await (await from.ListCollectionNamesAsync(cancellationToken: cancellation)).ToListAsync(cancellation)).Except(NotOfTheWorkload);
}
