using System.Buffers.Binary;
using System.Collections;
using System.Data;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Npgsql;
using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Postgres;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Commands;

internal sealed class WriteCommands(Connections connections, TimeProvider time) : IEnumerable<KeyValuePair<string, Command>>
{
    public IEnumerator<KeyValuePair<string, Command>> GetEnumerator()
    {
        yield return new("insert", (request, cancellation) => BulkAsync(request, "insert", cancellation));
        yield return new("update", (request, cancellation) => BulkAsync(PipelineUpdates.Mend(request, time.GetUtcNow()), "update", cancellation));
        yield return new("delete", (request, cancellation) => FunctionAsync(request, "delete($1,$2,$3,$4)", cancellation, request.Sequence, RetryId(request)));
        yield return new("findAndModify", (request, cancellation) =>
            FunctionAsync(PipelineUpdates.Mend(request, time.GetUtcNow()), "find_and_modify($1,$2,$3)", cancellation, RetryId(request)));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The procedures commit between small batches, so that row locks are short and concurrent unordered writes of the same
    // keys do not deadlock each other; for the same reason they cannot run inside a transaction. A part of their work is
    // done when they fail, so they are not repeated here.
    private Task<ReadOnlyMemory<byte>> BulkAsync(Request request, string function, CancellationToken cancellation) =>
        request.IsInTransaction || IsSingle(request)
            ? FunctionAsync(request, $"{function}($1,$2,$3,$4)", cancellation, request.Sequence, RetryId(request))
            : WriteAsync(request, $"CALL documentdb_api.{function}_bulk($1,$2,$3,NULL,NULL,NULL)", repeatable: false, cancellation, request.Sequence);

    private Task<ReadOnlyMemory<byte>> FunctionAsync(Request request, string call, CancellationToken cancellation, params object?[] arguments) =>
        WriteAsync(request, $"SELECT p_result, p_success FROM documentdb_api.{call}", repeatable: true, cancellation, arguments);

    private async Task<ReadOnlyMemory<byte>> WriteAsync(Request request, string sql, bool repeatable, CancellationToken cancellation, params object?[] arguments)
    {
        var answer = await connections.RunAsync(request, WorkAsync, cancellation, repeatable, aborts: written => !written.Success);
        return answer.Success ? answer.Reply : WithCodes(answer.Reply, request);

        async Task<(byte[] Reply, bool Success)> WorkAsync(NpgsqlConnection connection)
        {
            await using var statement = Statement.On(connection, sql, [request.Database, request.Document, .. arguments]);
            await using var row = await statement.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellation);
            await row.ReadAsync(cancellation);
            return (BsonColumn.Read(row, 0), row.GetBoolean(1));
        }
    }

    // The extension keeps what a retryable write has done together with the write, which holds beyond a crash; but only of
    // commands with one statement.
    private static object RetryId(Request request) => request.IsRetryableWrite && IsSingle(request)
        ? $"{request.Session}:{request.TransactionNumber}"
        : Absent.Text;

    private static bool IsSingle(Request request) =>
        request.Sequence is not { } sequence || (sequence.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(sequence.Span) == sequence.Length);

    private static ReadOnlyMemory<byte> WithCodes(byte[] reply, Request request)
    {
        var document = BsonSerializer.Deserialize<BsonDocument>(reply);
        foreach (var error in document.GetValue("writeErrors", new BsonArray()).AsBsonArray)
        {
            var code = SqlState.FromPacked(error["code"].ToInt32());
            var message = error["errmsg"].AsString;
            if (request.IsInTransaction && code is ErrorCode.WriteConflict or ErrorCode.LockTimeout)
            {
                throw new CommandException(ErrorCode.WriteConflict, message, ErrorLabel.TransientTransaction);
            }

            error["code"] = (int)code;
            error["errmsg"] = code == ErrorCode.DuplicateKey ? DuplicateKeys.Text(message, $"{request.Database}.{request.Collection}") : message;
        }

        return document.ToBson();
    }
}
