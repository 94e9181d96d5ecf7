using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Storage.Mongo.Opening;

namespace Tracker.Storage.Tests.Mongo.Opening;

public sealed class ValidatorTests : IAsyncLifetime
{
    private const int ValidationFailed = 121;

    private static readonly BsonDateTime Date = new(DateTime.UnixEpoch.AddYears(90));

    private readonly MongoStorage _storage = new() { IsMadeAnew = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _storage.StartAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-011")]
    [Trait("Compliance", "E45")]
    public async Task No_collection_takes_a_document_whose_end_is_not_one_date()
    {
        await _storage.Store.FillAsync(Cancellation);

        foreach (var collection in Validated())
        {
            var stored = await collection.Find(new BsonDocument()).FirstAsync(Cancellation);
            foreach (var wrong in Wrong)
            {
                Assert.Equal(ValidationFailed, await ReplaceAsync(collection, stored, wrong));
            }
        }
    }

    [Fact]
    public async Task Every_collection_takes_a_date_or_holds_and_an_end_that_waits_beside_them()
    {
        await _storage.Store.FillAsync(Cancellation);
        BsonDocument held = new("holds", new BsonArray { "case-1" });

        foreach (var collection in Validated())
        {
            var stored = await collection.Find(new BsonDocument()).FirstAsync(Cancellation);
            Assert.Null(await ReplaceAsync(collection, stored, new BsonDocument("expire_at", Date)));
            Assert.Null(await ReplaceAsync(collection, stored, held));
            Assert.Null(await ReplaceAsync(collection, stored, new BsonDocument(held) { { "ends_at", Date } }));
        }
    }

    private static BsonDocument[] Wrong =>
    [
        [],
        new("expire_at", BsonNull.Value),
        new("expire_at", "2060-01-01"),
        new("expire_at", 2_840_140_800_000),
        new("expire_at", new BsonArray { Date }),
        new("expire_at", new BsonArray()),
        new() { { "expire_at", Date }, { "holds", new BsonArray { "case-1" } } },
        new() { { "expire_at", Date }, { "ends_at", Date } },
        new("holds", new BsonArray()),
        new("holds", "case-1"),
        new("holds", new BsonArray { 1 }),
        new("ends_at", Date),
        new() { { "holds", new BsonArray { "case-1" } }, { "ends_at", "2060-01-01" } },
    ];

    private IEnumerable<IMongoCollection<BsonDocument>> Validated() => CollectionPlan.All(isExpiredByServer: false)
        .Where(plan => plan.Validator is not null)
        .Select(plan => _storage.Database.GetCollection<BsonDocument>(plan.Name));

    /// <returns>The error; null: it was taken.</returns>
    private static async Task<int?> ReplaceAsync(IMongoCollection<BsonDocument> collection, BsonDocument stored, BsonDocument end)
    {
        var document = new BsonDocument(stored.Where(field => field.Name is not ("expire_at" or "holds" or "ends_at"))).AddRange(end);
        try
        {
            await collection.ReplaceOneAsync(new BsonDocument("_id", stored["_id"]), document, cancellationToken: Cancellation);
            return null;
        }
        catch (MongoWriteException fault)
        {
            return fault.WriteError.Code;
        }
    }
}
