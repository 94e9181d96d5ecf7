using System.Collections;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal sealed class IndexCommands(Connections connections) : IEnumerable<KeyValuePair<string, Command>>
{
    public IEnumerator<KeyValuePair<string, Command>> GetEnumerator()
    {
        yield return new("createIndexes", CreateAsync);
        yield return new("dropIndexes", (request, cancellation) => connections.DocumentAsync(
            request, "SELECT documentdb_api_internal.drop_indexes_non_concurrently($1,$2)::bytea", cancellation, request.Database, request.Document));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Built at once, not by the job in the background that looks every two seconds. The answer is nested as that of a
    // sharded cluster, and an error in it is not raised.
    private async Task<ReadOnlyMemory<byte>> CreateAsync(Request request, CancellationToken cancellation)
    {
        const string sql = "SELECT documentdb_api_internal.create_indexes_non_concurrently($1,$2,true)::bytea";
        var reply = await connections.DocumentAsync(request, sql, cancellation, request.Database, request.Document);
        var document = BsonSerializer.Deserialize<BsonDocument>(reply.ToArray());
        if (!document.TryGetValue("raw", out var shards))
        {
            return reply;
        }

        var shard = shards.AsBsonDocument.GetElement(0).Value.AsBsonDocument;
        if (shard.TryGetValue("code", out var code) && code.ToInt32() != 0)
        {
            throw new CommandException(SqlState.FromPacked(code.ToInt32()), shard.GetValue("errmsg", "createIndexes failed").AsString);
        }

        shard["ok"] = 1.0;
        return shard.ToBson();
    }
}
