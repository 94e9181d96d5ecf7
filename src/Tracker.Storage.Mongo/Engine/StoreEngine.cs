using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.Storage.Mongo.Engine;

/// <summary>The database: everything is read from the primary as the majority knows it, and written so that a majority has it on disk.</summary>
internal sealed class StoreEngine(IMongoClient client, IMongoDatabase database, TimeProvider time)
{
    /// <summary>How often a transaction that met a key of another begins again; then something is wrong.</summary>
    private const int MaxRaces = 10;

    private static readonly WriteConcern Durable = WriteConcern.WMajority.With(journal: true);

    private static readonly TransactionOptions Transaction = new(ReadConcern.Snapshot, ReadPreference.Primary, Durable);

    public DateTimeOffset Now => time.GetUtcNow();

    public static MongoCollectionSettings Settings => new()
    {
        ReadPreference = ReadPreference.Primary,
        ReadConcern = ReadConcern.Majority,
        WriteConcern = Durable,
    };

    public IMongoCollection<BsonDocument> Collection(string name) => database.GetCollection<BsonDocument>(name, Settings);

    /// <exception cref="Core.Model.RefusalException">The database does not answer.</exception>
    public static Task<T> ReadAsync<T>(Func<Task<T>> read) => StoreFaults.RefuseAsync(read);

    /// <summary>
    /// One transaction: what the session reads is one instant, what it has gathered is written at its end or not at all, and
    /// another write in between makes it begin again. The driver repeats what it knows to be transient; a key that another
    /// has taken meanwhile is for us to repeat.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, Task<T>> gather, CancellationToken cancellation) => StoreFaults.RefuseAsync(async () =>
    {
        for (var race = 1; ; race++)
        {
            try
            {
                return await TransactAsync(gather, cancellation);
            }
            catch (MongoException fault) when (StoreFaults.IsDuplicateKey(fault) && race < MaxRaces)
            {
            }
        }
    });

    private async Task<T> TransactAsync<T>(Func<WriteSession, Task<T>> gather, CancellationToken cancellation)
    {
        using var handle = await client.StartSessionAsync(cancellationToken: cancellation);
        return await handle.WithTransactionAsync(
            async (_, token) =>
            {
                var session = new WriteSession(handle);
                var result = await gather(session);
                await session.FlushAsync(token);
                return result;
            },
            Transaction,
            cancellation);
    }
}
