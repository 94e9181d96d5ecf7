using Tracker.DocumentDbGateway.Errors;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Cursors;

/// <summary>Where the next page of a query begins, and who may ask for it.</summary>
internal sealed record OpenCursor(string Database, byte[] Continuation, string Session, long? Transaction, long LastUsed)
{
    public static OpenCursor For(Request request, byte[] continuation, long now) =>
        new(request.Database, continuation, request.Session, TransactionOf(request), now);

    public void RefuseOthers(long id, Request request)
    {
        if (Session != request.Session)
        {
            throw Session.Length == 0
                ? new CommandException(ErrorCode.CursorOfNoSession, $"Cannot run getMore on cursor {id}, which was not created in a session, in a session")
                : request.Session.Length == 0
                    ? new CommandException(ErrorCode.CursorOfASession, $"Cannot run getMore on cursor {id}, which was created in a session, without an lsid")
                    : new CommandException(ErrorCode.CursorOfAnotherSession, $"Cannot run getMore on cursor {id}, which was created in another session");
        }

        if (Transaction != TransactionOf(request))
        {
            throw Transaction is null
                ? new CommandException(ErrorCode.CursorOfNoTransaction, $"Cannot run getMore on cursor {id}, which was not created in a transaction, in a transaction")
                : new CommandException(ErrorCode.CursorOfATransaction, $"Cannot run getMore on cursor {id}, which was created in another transaction");
        }
    }

    // Outside a transaction the number would be one of a retryable write, and there is none on a read.
    private static long? TransactionOf(Request request) => request.IsInTransaction ? request.TransactionNumber : null;
}
