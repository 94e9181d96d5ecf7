using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Records;

/// <summary>Two transactions on one person meet at its control document, which therefore no write leaves as it was.</summary>
public sealed class ControlTurnTests : IAsyncLifetime
{
    private readonly MongoStorage _storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _storage.StartAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Interaction_that_changes_nothing_of_the_profile_changes_its_control_all_the_same()
    {
        await _storage.Records.CommitAsync(MicroBatches.Of(A.NewProfile(A.Ada), A.Interaction(1, A.Ada)), Cancellation);
        var before = await ReadAsync();

        await _storage.Records.CommitAsync(MicroBatches.Of(A.KnownProfile(A.Ada), A.Interaction(2, A.Ada)), Cancellation);

        var after = await ReadAsync();
        Assert.NotEqual(before["turn"], after["turn"]);
        Assert.Equal(before.Names, after.Names);
        Assert.All(before.Names.Where(name => name != "turn"), name => Assert.Equal(before[name], after[name]));
    }

    private async Task<BsonDocument> ReadAsync() =>
        await _storage.Database.GetCollection<BsonDocument>("controls").Find(new BsonDocument()).SingleAsync(Cancellation);
}
