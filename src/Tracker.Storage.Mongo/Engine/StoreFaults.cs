using MongoDB.Driver;
using Polly.Timeout;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>Which faults of the driver say that MongoDB is away, and which that another write was in the way; any other is a fault of ours.</summary>
internal static class StoreFaults
{
    private const string RetryableWrite = "RetryableWriteError";
    private const string TransientTransaction = "TransientTransactionError";
    private const string UnknownCommit = "UnknownTransactionCommitResult";
    private const int WriteConflict = 112;

    // Stepping down, shutting down, not the primary, out of time, out of disk, a majority or a primary that cannot be reached,
    // and questions that a restart has cut off.
    private static readonly HashSet<int> Away =
        [6, 7, 43, 50, 64, 89, 91, 100, 133, 134, 175, 189, 202, 237, 262, 9001, 10107, 11600, 11601, 11602, 13435, 13436, 14031];

    public static bool IsDuplicateKey(Exception fault) => fault switch
    {
        MongoWriteException write => write.WriteError?.Category == ServerErrorCategory.DuplicateKey,
        MongoBulkWriteException bulk => bulk.WriteErrors.Any(error => error.Category == ServerErrorCategory.DuplicateKey),
        MongoCommandException command => command.Code is 11000 or 11001,
        _ => false,
    };

    /// <summary>The server answers, and nothing was written: another transaction wanted the same.</summary>
    public static bool IsConflict(Exception fault) => fault switch
    {
        ContendedException => true,
        MongoWriteException write => write.WriteError?.Code == WriteConflict,
        MongoBulkWriteException bulk => bulk.WriteErrors.Any(error => error.Code == WriteConflict),
        MongoCommandException command => command.Code == WriteConflict || (IsTransient(command) && !Away.Contains(command.Code)),
        _ => false,
    };

    /// <summary>The transaction is over, and certainly not committed.</summary>
    public static bool IsTransient(Exception fault) => fault is MongoException labelled && labelled.HasErrorLabel(TransientTransaction);

    public static bool IsCommitUnknown(Exception fault) => fault is MongoException labelled && labelled.HasErrorLabel(UnknownCommit);

    public static bool IsAway(Exception fault) => !IsConflict(fault) && fault switch
    {
        TimeoutException or TimeoutRejectedException or UnknownCommitException or GaveUpException => true,
        MongoConnectionException or MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoExecutionTimeoutException => true,
        MongoWaitQueueFullException or MongoConnectionPoolPausedException or MongoWriteConcernException or MongoCursorNotFoundException => true,
        MongoBulkWriteException { WriteConcernError: not null } => true,
        MongoBulkWriteException bulk => bulk.WriteErrors.Any(error => Away.Contains(error.Code)),
        MongoWriteException { WriteConcernError: not null } => true,
        MongoWriteException write => Away.Contains(write.WriteError?.Code ?? 0),
        MongoException labelled when labelled.HasErrorLabel(RetryableWrite) || IsTransient(labelled) || IsCommitUnknown(labelled) => true,
        MongoCommandException command => Away.Contains(command.Code),
        _ => false,
    };
}
