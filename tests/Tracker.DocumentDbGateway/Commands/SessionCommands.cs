using System.Collections;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Tracker.DocumentDbGateway.Transactions;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal sealed class SessionCommands(TransactionRegistry transactions, RetryableWrites retryable) : IEnumerable<KeyValuePair<string, Command>>
{
    private static readonly ReadOnlyMemory<byte> Ok = new BsonDocument("ok", 1.0).ToBson();

    public IEnumerator<KeyValuePair<string, Command>> GetEnumerator()
    {
        yield return new("commitTransaction", CommitAsync);
        yield return new("abortTransaction", AbortAsync);
        yield return new("endSessions", EndAsync);
        yield return new("killSessions", EndAsync);
        yield return new("startSession", (_, _) => Task.FromResult(Ok));
        yield return new("refreshSessions", (_, _) => Task.FromResult(Ok));
        yield return new("logout", (_, _) => Task.FromResult(Ok));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private async Task<ReadOnlyMemory<byte>> CommitAsync(Request request, CancellationToken cancellation)
    {
        var transaction = await transactions.OfAsync(request, cancellation);
        await transaction.CommitAsync(cancellation);
        return Ok;
    }

    private async Task<ReadOnlyMemory<byte>> AbortAsync(Request request, CancellationToken cancellation)
    {
        var transaction = await transactions.OfAsync(request, cancellation);
        await transaction.AbortAsync(cancellation);
        return Ok;
    }

    private async Task<ReadOnlyMemory<byte>> EndAsync(Request request, CancellationToken cancellation)
    {
        var sessions = BsonSerializer.Deserialize<BsonDocument>(request.Document.ToArray())[request.Command].AsBsonArray;
        foreach (var id in sessions.Select(session => session["id"].AsBsonBinaryData))
        {
            var session = SessionName(id);
            retryable.EndSession(session);
            await transactions.EndSessionAsync(session, cancellation);
        }

        return Ok;
    }

    // The same digits that the reader of requests makes of an lsid: the bytes of its id as they stand in BSON.
    private static string SessionName(BsonBinaryData id) =>
        BsonScanner.TryFind(new BsonDocument("id", id).ToBson(), "id"u8, out var found) ? Convert.ToHexString(found.Value) : "";
}
