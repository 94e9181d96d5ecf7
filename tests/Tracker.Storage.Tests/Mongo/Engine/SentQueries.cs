using System.Collections.Concurrent;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;

namespace Tracker.Storage.Tests.Mongo.Engine;

/// <summary>Every question that a store asks of its server, by reading what its driver sends.</summary>
internal sealed class SentQueries
{
    private readonly ConcurrentQueue<BsonDocument> _sent = [];

    /// <summary>As finds that can be explained: what is updated or deleted has to be found as well.</summary>
    public IReadOnlyList<BsonDocument> Finds => [.. _sent.SelectMany(FindsOf)];

    /// <summary>As they were sent.</summary>
    public IReadOnlyList<BsonDocument> Reads => [.. _sent.Where(command => command.GetElement(0).Name is "find" or "aggregate")];

    public void ListenTo(MongoClientSettings settings) =>
        settings.ClusterConfigurator = cluster => cluster.Subscribe<CommandStartedEvent>(started => _sent.Enqueue(started.Command.DeepClone().AsBsonDocument));

    public void Clear() => _sent.Clear();

    private static IEnumerable<BsonDocument> FindsOf(BsonDocument command) => command.GetElement(0) switch
    {
        { Name: "find" } find => [Find(find.Value, command["filter"], command)],
        { Name: "aggregate" } aggregate => [Find(aggregate.Value, command["pipeline"][0]["$match"])],
        { Name: "update" } update => command["updates"].AsBsonArray.Select(one => Find(update.Value, one["q"])),
        { Name: "delete" } delete => command["deletes"].AsBsonArray.Select(one => Find(delete.Value, one["q"])),
        { Name: "findAndModify" } modify => [Find(modify.Value, command["query"])],
        _ => [],
    };

    private static BsonDocument Find(BsonValue collection, BsonValue filter, BsonDocument? options = null)
    {
        var find = new BsonDocument { { "find", collection }, { "filter", filter } };
        foreach (var option in new[] { "sort", "limit", "projection" })
        {
            if (options?.TryGetValue(option, out var value) == true)
            {
                find.Add(option, value);
            }
        }

        return find;
    }
}
