using System.Collections;
using System.Data;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Npgsql;
using Tracker.DocumentDbGateway.Cursors;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal sealed class CursorCommands(Connections connections, CursorRegistry cursors) : IEnumerable<KeyValuePair<string, Command>>
{
    public IEnumerator<KeyValuePair<string, Command>> GetEnumerator()
    {
        yield return new("find", FirstPage("find_cursor_first_page"));
        yield return new("aggregate", FirstPage("aggregate_cursor_first_page"));
        yield return new("listCollections", FirstPage("list_collections_cursor_first_page"));
        yield return new("listIndexes", FirstPage("list_indexes_cursor_first_page"));
        yield return new("getMore", NextPageAsync);
        yield return new("killCursors", KillAsync);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Command FirstPage(string function) => async (request, cancellation) =>
    {
        var sql = $"SELECT cursorpage::bytea, continuation::bytea, persistconnection, cursorid FROM documentdb_api.{function}($1,$2)";
        var (page, continuation, id) = await connections.RunAsync(request, async connection =>
        {
            await using var query = Statement.On(connection, sql, request.Database, request.Document);
            await using var row = await OnlyRowAsync(query, cancellation);
            return row.GetBoolean(2) && !request.IsInTransaction
                ? throw new InvalidOperationException("PostgreSQL runs without documentdb.useFileBasedPersistedCursors.")
                : (row.GetFieldValue<byte[]>(0), Continuation(row), row.GetInt64(3));
        }, cancellation);
        if (id != 0 && continuation is not null)
        {
            cursors.Keep(id, request, continuation);
        }

        return page;
    };

    private async Task<ReadOnlyMemory<byte>> NextPageAsync(Request request, CancellationToken cancellation)
    {
        BsonScanner.TryFind(request.Document.Span, "getMore"u8, out var found);
        var id = found.Number;
        var cursor = cursors.Take(id, request);
        const string sql = "SELECT cursorpage::bytea, continuation::bytea FROM documentdb_api.cursor_get_more($1,$2,$3)";
        var (page, continuation) = await connections.RunAsync(request, async connection =>
        {
            await using var query = Statement.On(connection, sql, cursor.Database, request.Document, cursor.Continuation);
            await using var row = await OnlyRowAsync(query, cancellation);
            return (row.GetFieldValue<byte[]>(0), Continuation(row));
        }, cancellation);
        if (continuation is not null)
        {
            cursors.Keep(id, request, continuation);
        }

        return page;
    }

    private async Task<ReadOnlyMemory<byte>> KillAsync(Request request, CancellationToken cancellation)
    {
        var asked = BsonSerializer.Deserialize<BsonDocument>(request.Document.ToArray())["cursors"].AsBsonArray.Select(id => id.ToInt64());
        var removed = asked.ToLookup(cursors.Remove);
        await cursors.CloseAsync([.. removed[true]], cancellation);
        return new BsonDocument
        {
            { "cursorsKilled", new BsonArray(removed[true]) },
            { "cursorsNotFound", new BsonArray(removed[false]) },
            { "cursorsAlive", new BsonArray() },
            { "cursorsUnknown", new BsonArray() },
            { "ok", 1.0 },
        }.ToBson();
    }

    private static async Task<NpgsqlDataReader> OnlyRowAsync(NpgsqlCommand query, CancellationToken cancellation)
    {
        var row = await query.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellation);
        await row.ReadAsync(cancellation);
        return row;
    }

    private static byte[]? Continuation(NpgsqlDataReader row) => row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1);
}
