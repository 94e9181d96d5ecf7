using System.Collections.Concurrent;
using Npgsql;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Cursors;

internal sealed class CursorRegistry(NpgsqlDataSource postgres, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, OpenCursor> _cursors = new();

    public int Count => _cursors.Count;

    public void Keep(long id, Request request, byte[] continuation) => _cursors[id] = OpenCursor.For(request, continuation, time.GetTimestamp());

    /// <summary>Takes the cursor out, for its owner; who has got a page keeps it again.</summary>
    public OpenCursor Take(long id, Request request)
    {
        var cursor = _cursors.TryGetValue(id, out var found) ? found : throw NotFound(id);
        cursor.RefuseOthers(id, request);
        return _cursors.TryRemove(new(id, cursor)) ? cursor : throw NotFound(id);
    }

    public bool Remove(long id) => _cursors.TryRemove(id, out _);

    public async Task CloseIdleAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var idle = _cursors.Where(entry => time.GetElapsedTime(entry.Value.LastUsed) > limit && _cursors.TryRemove(entry)).Select(entry => entry.Key).ToArray();
        await CloseAsync(idle, cancellation);
    }

    /// <summary>Deletes the files in which the extension has spooled the rest.</summary>
    public async Task CloseAsync(long[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0)
        {
            return;
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        await using var statement = Statement.On(connection, "SELECT documentdb_api_internal.delete_cursors($1)", ids);
        await statement.ExecuteNonQueryAsync(cancellation);
    }

    private static CommandException NotFound(long id) => new(ErrorCode.CursorNotFound, $"cursor id {id} not found");
}
