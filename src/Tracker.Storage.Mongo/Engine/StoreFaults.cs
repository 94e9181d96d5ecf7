using MongoDB.Driver;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>Which faults of the driver say that the same call may succeed later; any other is a fault of ours.</summary>
internal static class StoreFaults
{
    private const string RetryableWrite = "RetryableWriteError";
    private const string TransientTransaction = "TransientTransactionError";
    private const string UnknownCommit = "UnknownTransactionCommitResult";

    // Stepping down, shutting down, not the primary, out of time, out of disk, a majority that cannot be reached.
    private static readonly HashSet<int> Unavailable =
        [6, 7, 50, 64, 89, 91, 100, 112, 134, 189, 202, 251, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031];

    public static async Task<T> RefuseAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (IsUnavailable(fault))
        {
            throw RefusalException.StoreUnavailable(fault);
        }
    }

    public static bool IsDuplicateKey(MongoException fault) => fault switch
    {
        MongoWriteException write => write.WriteError?.Category == ServerErrorCategory.DuplicateKey,
        MongoBulkWriteException bulk => bulk.WriteErrors.Any(error => error.Category == ServerErrorCategory.DuplicateKey),
        MongoCommandException command => command.Code is 11000 or 11001,
        _ => false,
    };

    private static bool IsUnavailable(Exception fault) => fault switch
    {
        TimeoutException => true,
        MongoConnectionException or MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoExecutionTimeoutException => true,
        MongoWaitQueueFullException or MongoConnectionPoolPausedException or MongoWriteConcernException => true,
        MongoBulkWriteException { WriteConcernError: not null } => true,
        MongoBulkWriteException bulk => bulk.WriteErrors.Any(error => Unavailable.Contains(error.Code)),
        MongoWriteException { WriteConcernError: not null } => true,
        MongoWriteException write => Unavailable.Contains(write.WriteError?.Code ?? 0),
        MongoException labelled when labelled.HasErrorLabel(RetryableWrite) || labelled.HasErrorLabel(TransientTransaction) || labelled.HasErrorLabel(UnknownCommit) => true,
        MongoCommandException command => Unavailable.Contains(command.Code),
        _ => false,
    };
}
