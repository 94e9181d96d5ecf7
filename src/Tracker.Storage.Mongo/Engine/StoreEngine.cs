using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>The database: everything is read from the primary as the majority knows it, and written so that a majority has it on disk.</summary>
internal sealed class StoreEngine(IMongoClient client, IMongoDatabase database, StoreGuard guard, MongoStoreOptions options, TimeProvider time)
{
    // The driver has repeated it as well.
    private const int MaxCommits = 2;

    // A server that is away ends the transaction by itself, after a minute.
    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(1);

    private static readonly WriteConcern Durable = WriteConcern.WMajority.With(journal: true);

    private static readonly TransactionOptions Transaction = new(ReadConcern.Snapshot, ReadPreference.Primary, Durable);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>At a time, of interactions.</summary>
    public int Transactions => options.Transactions;

    public static MongoCollectionSettings Settings => new()
    {
        ReadPreference = ReadPreference.Primary,
        ReadConcern = ReadConcern.Majority,
        WriteConcern = Durable,
    };

    public IMongoCollection<BsonDocument> Collection(string name) => database.GetCollection<BsonDocument>(name, Settings);

    /// <exception cref="Core.Model.RefusalException">The database does not answer.</exception>
    public Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation) => guard.ReadAsync(read, cancellation);

    /// <summary>Many reads or writes, each complete in itself.</summary>
    /// <exception cref="Core.Model.RefusalException">The database does not answer; some may be written.</exception>
    public Task<T> WorkAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation) => guard.WorkAsync(work, cancellation);

    /// <summary>
    /// One transaction: what the session reads is one instant, what it has gathered is written at its end or not at all, and
    /// another write in between makes it begin again.
    /// </summary>
    /// <exception cref="Core.Model.RefusalException">The database does not answer, or nobody knows whether it has committed.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, CancellationToken, Task<T>> gather, CancellationToken cancellation) =>
        guard.TransactAsync(token => TransactAsync(gather, token), cancellation);

    private async Task<T> TransactAsync<T>(Func<WriteSession, CancellationToken, Task<T>> gather, CancellationToken cancellation)
    {
        using var handle = await client.StartSessionAsync(cancellationToken: cancellation);
        handle.StartTransaction(Transaction);
        T result;
        try
        {
            var session = new WriteSession(handle);
            result = await gather(session, cancellation);
            await session.FlushAsync(cancellation);
        }
        catch
        {
            await AbortAsync(handle);
            throw;
        }

        await CommitAsync(handle);
        return result;
    }

    /// <summary>Whoever waits for it: one that is cut off may be committed all the same, so it has its own time.</summary>
    private async Task CommitAsync(IClientSessionHandle handle)
    {
        using var late = new CancellationTokenSource(options.OperationTimeout);
        for (var commit = 1; ; commit++)
        {
            try
            {
                await handle.CommitTransactionAsync(late.Token);
                return;
            }
            catch (Exception fault) when (StoreFaults.IsCommitUnknown(fault) && commit < MaxCommits)
            {
                // Asked once more: a commit that has been made is confirmed.
            }
            catch (Exception fault) when (fault is OperationCanceledException || (StoreFaults.IsAway(fault) && !StoreFaults.IsTransient(fault)))
            {
                throw new UnknownCommitException(fault);
            }
        }
    }

    private static async Task AbortAsync(IClientSessionHandle handle)
    {
        using var patience = new CancellationTokenSource(AbortTimeout);
        try
        {
            await handle.AbortTransactionAsync(patience.Token);
        }
        catch (Exception fault) when (fault is MongoException or TimeoutException or OperationCanceledException)
        {
            // What it fails with says nothing new: the fault before it is the one to tell.
        }
    }
}
