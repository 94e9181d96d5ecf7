using MongoDB.Bson;
using MongoDB.Driver;

namespace Tracker.TestServers.Tests;

public class MongoDatabaseTests(MongoDatabase database) : IClassFixture<MongoDatabase>
{
    [Fact]
    public async Task A_document_can_be_stored_and_found()
    {
        using var client = new MongoClient(await database.AddressAsync());
        var documents = client.GetDatabase(database.Name).GetCollection<BsonDocument>("documents");

        await documents.InsertOneAsync(new BsonDocument("_id", 1), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1, await documents.CountDocumentsAsync(_ => true, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_database_of_a_class_goes_with_it()
    {
        var gone = new MongoDatabase();
        using var client = new MongoClient(await gone.AddressAsync());
        await client.GetDatabase(gone.Name).GetCollection<BsonDocument>("documents").InsertOneAsync([], cancellationToken: TestContext.Current.CancellationToken);

        await gone.DisposeAsync();

        using var names = await client.ListDatabaseNamesAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(gone.Name, await names.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_class_has_another_database() => Assert.NotEqual(database.Name, new MongoDatabase().Name);
}
