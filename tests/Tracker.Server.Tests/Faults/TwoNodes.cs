using System.Security.Cryptography;
using MongoDB.Driver;
using Tracker.TestKit;

namespace Tracker.Server.Tests.Faults;

/// <summary>Two nodes over one MongoDB and, if they have one, one Redis, with the background work made quick.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MongoClient _mongo;

    private TwoNodes(string mongo, IEnumerable<string[]> settingsOfNodes)
    {
        Name = $"tracker_faults_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        _mongo = new(mongo);
        Database = _mongo.GetDatabase(Name);
        string[] shared =
        [
            $"--Tracker:Storage:Mongo:ConnectionString={mongo}",
            $"--Tracker:Storage:Mongo:Database={Name}",
            $"--Tracker:Cache:Redis:Prefix={Name}",
            "--Tracker:Cache:Redis:Lifetime=00:02:00",
            "--Tracker:Retention:ReviewInterval=00:00:01",
            "--Tracker:Retention:ReviewRetry=00:00:01",
        ];
        All = [.. settingsOfNodes.Select(own => new Node(_folder.Path, [.. shared, .. own]))];
    }

    public string Name { get; }

    public IReadOnlyList<Node> All { get; }

    public Node First => All[0];

    public Node Second => All[1];

    /// <summary>What they have stored, without them in between.</summary>
    public IMongoDatabase Database { get; }

    /// <param name="redis">Where each of the nodes finds Redis.</param>
    public static async Task<TwoNodes> StartAsync(string mongo, string[] redis, CancellationToken cancellation, params string[] settings)
    {
        var nodes = new TwoNodes(mongo, redis.Select(address => (string[])[$"--Tracker:Cache:Redis:ConnectionString={address}", .. settings]));
        try
        {
            // The first makes the keys of both.
            foreach (var node in nodes.All)
            {
                await node.StartAsync(cancellation);
            }

            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in All)
        {
            await node.DisposeAsync();
        }

        await _mongo.DropDatabaseAsync(Name);
        _mongo.Dispose();
        _folder.Dispose();
    }
}
