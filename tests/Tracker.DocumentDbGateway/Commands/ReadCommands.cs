using System.Collections;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal sealed class ReadCommands(Connections connections) : IEnumerable<KeyValuePair<string, Command>>
{
    public IEnumerator<KeyValuePair<string, Command>> GetEnumerator()
    {
        yield return new("count", Query("count_query"));
        yield return new("distinct", Query("distinct_query"));
        yield return new("explain", ExplainAsync);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Command Query(string function) => (request, cancellation) =>
        connections.DocumentAsync(request, $"SELECT document::bytea FROM documentdb_api.{function}($1,$2)", cancellation, request.Database, request.Document);

    private async Task<ReadOnlyMemory<byte>> ExplainAsync(Request request, CancellationToken cancellation)
    {
        var explained = BsonSerializer.Deserialize<BsonDocument>(request.Document.ToArray())["explain"].AsBsonDocument;
        var function = explained.GetElement(0).Name switch
        {
            "find" => "bson_aggregation_find",
            "aggregate" => "bson_aggregation_pipeline",
            "count" => "bson_aggregation_count",
            "distinct" => "bson_aggregation_distinct",
            var other => throw new CommandException(ErrorCode.CommandNotSupported, $"explain of {other} is not supported"),
        };
        await RefreshStatisticsAsync(request, explained.GetElement(0).Value.ToString()!, cancellation);
        var sql = $"EXPLAIN (FORMAT JSON, COSTS false) SELECT document FROM documentdb_api_catalog.{function}($1,$2)";
        var plan = await connections.ValueAsync(request, sql, cancellation, request.Database, explained.ToBson()) as string;
        return new BsonDocument
        {
            { "queryPlanner", new BsonDocument("plan", BsonSerializer.Deserialize<BsonArray>(plan)) },
            { "ok", 1.0 },
        }.ToBson();
    }

    // MongoDB's plans do not depend on when somebody last counted; those of PostgreSQL do, and a collection that has just
    // been filled would seem to be nearly empty.
    private async Task RefreshStatisticsAsync(Request request, string collection, CancellationToken cancellation)
    {
        const string find = "SELECT collection_id FROM documentdb_api_catalog.collections WHERE database_name = $1 AND collection_name = $2";
        if (await connections.ValueAsync(request, find, cancellation, request.Database, collection) is long id)
        {
            await connections.ValueAsync(request, $"ANALYZE documentdb_data.documents_{id}", cancellation);
        }
    }
}
