using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Tests.Mongo.Engine;

/// <summary>A transaction that has more than one word to say about a document.</summary>
public sealed class WriteSessionTests : IAsyncLifetime
{
    private const string Id = "a";

    private readonly MongoStorage _storage = new() { IsMadeAnew = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _storage.StartAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Document_that_was_absent_and_is_put_twice_is_inserted_once() => Assert.Equal(2, await StoredAfterAsync((session, collection) =>
    {
        session.NoteAbsent(collection, Id);
        session.Put(collection, Document(1));
        session.Put(collection, Document(2));
    }));

    [Fact]
    public async Task Document_that_is_found_absent_after_it_was_put_is_written_once() => Assert.Equal(2, await StoredAfterAsync((session, collection) =>
    {
        session.Put(collection, Document(1));
        session.NoteAbsent(collection, Id);
        session.Put(collection, Document(2));
    }));

    [Fact]
    public async Task Document_that_is_put_after_it_was_inserted_stays_one_insert() => Assert.Equal(2, await StoredAfterAsync((session, collection) =>
    {
        session.Insert(collection, Document(1));
        session.Put(collection, Document(2));
    }));

    [Fact]
    public async Task Document_that_is_deleted_after_it_was_put_is_gone() => Assert.Null(await StoredAfterAsync((session, collection) =>
    {
        session.Put(collection, Document(1));
        session.Delete(collection, Id);
    }));

    [Fact]
    public async Task Document_that_is_put_after_it_was_deleted_is_there() => Assert.Equal(2, await StoredAfterAsync(
        (session, collection) =>
        {
            session.Delete(collection, Id);
            session.Put(collection, Document(2));
        },
        before: Document(1)));

    private async Task<int?> StoredAfterAsync(Action<WriteSession, IMongoCollection<BsonDocument>> gather, WrittenDocument? before = null)
    {
        var engine = new StoreEngine(_storage.Database.Client, _storage.Database, MongoStorage.NewGuard(new MongoStoreOptions()), new MongoStoreOptions(), _storage.Time);
        var collection = engine.Collection("said");
        await _storage.Database.CreateCollectionAsync("said", cancellationToken: Cancellation);
        if (before is not null)
        {
            await collection.InsertOneAsync(before.Body, cancellationToken: Cancellation);
        }

        await engine.WriteAsync(
            (session, _) =>
            {
                gather(session, collection);
                return Task.FromResult(true);
            },
            Cancellation);
        var stored = await collection.Find(new BsonDocument()).ToListAsync(Cancellation);
        return stored.Count == 0 ? null : stored.Single()["value"].AsInt32;
    }

    private static WrittenDocument Document(int value) => new(Id, new RawBsonDocument(new BsonDocument { { "_id", Id }, { "value", value } }.ToBson()));
}
