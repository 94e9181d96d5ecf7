using System.Collections;
using MongoDB.Bson;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal sealed class CollectionCommands(Connections connections) : IEnumerable<KeyValuePair<string, Command>>
{
    public IEnumerator<KeyValuePair<string, Command>> GetEnumerator()
    {
        yield return new("create", OfDatabase("create_collection_view"));
        yield return new("validate", OfDatabase("validate"));
        yield return new("listDatabases", OfServer("list_databases"));
        yield return new("currentOp", OfServer("current_op_command"));
        yield return new("compact", OfServer("compact"));
        yield return new("renameCollection", OfServer("rename_collection"));
        yield return new("collMod", (request, cancellation) => connections.DocumentAsync(
            request, "SELECT documentdb_api.coll_mod($1,$2,$3)::bytea", cancellation, request.Database, request.Collection, request.Document));
        yield return new("collStats", (request, cancellation) => connections.DocumentAsync(
            request, "SELECT documentdb_api.coll_stats($1,$2,$3)::bytea", cancellation, request.Database, request.Collection, Scale(request)));
        yield return new("dbStats", (request, cancellation) => connections.DocumentAsync(
            request, "SELECT documentdb_api.db_stats($1,$2,false)::bytea", cancellation, request.Database, Scale(request)));
        yield return new("drop", DropAsync);
        yield return new("dropDatabase", DropDatabaseAsync);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static double Scale(Request request) => BsonScanner.TryFind(request.Document.Span, "scale"u8, out var found) ? found.Number : 1.0;

    private Command OfDatabase(string function) => (request, cancellation) =>
        connections.DocumentAsync(request, $"SELECT documentdb_api.{function}($1,$2)::bytea", cancellation, request.Database, request.Document);

    private Command OfServer(string function) => (request, cancellation) =>
        connections.DocumentAsync(request, $"SELECT documentdb_api.{function}($1)::bytea", cancellation, request.Document);

    private async Task<ReadOnlyMemory<byte>> DropAsync(Request request, CancellationToken cancellation)
    {
        await connections.ValueAsync(request, "SELECT documentdb_api.drop_collection($1,$2)", cancellation, request.Database, request.Collection);
        return new BsonDocument { { "ns", $"{request.Database}.{request.Collection}" }, { "ok", 1.0 } }.ToBson();
    }

    private async Task<ReadOnlyMemory<byte>> DropDatabaseAsync(Request request, CancellationToken cancellation)
    {
        await connections.ValueAsync(request, "SELECT documentdb_api.drop_database($1)", cancellation, request.Database);
        return new BsonDocument { { "dropped", request.Database }, { "ok", 1.0 } }.ToBson();
    }
}
