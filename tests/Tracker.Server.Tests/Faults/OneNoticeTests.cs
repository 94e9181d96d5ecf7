using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.TestServers;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

[Collection(nameof(FaultCollection))]
public sealed class OneNoticeTests
{
    private const int People = 200;

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_consents_under_one_notice_at_the_same_time_on_two_nodes_are_all_taken_and_counted()
    {
        var redis = (await RedisServer.GetAsync()).Address();
        await using var mongo = await MongoProcess.StartAsync();
        await using var nodes = await TwoNodes.StartAsync(mongo.Address, [redis, redis], _cancellation);
        await new Shopper(_cancellation).RegisterNoticeAsync(nodes.First);

        var given = await Task.WhenAll(Enumerable.Range(0, People).Select(number => ConsentAsync(nodes.All[number % 2], number)));

        Assert.All(given, consent => Assert.Equal(Wire.ConsentState.Given, consent.State));
        var notice = await nodes.Database.GetCollection<BsonDocument>("notices").Find(new BsonDocument()).SingleAsync(_cancellation);
        Assert.Equal(People, notice["endless_uses"].ToInt64());
        Assert.Equal(People, await nodes.Database.GetCollection<BsonDocument>("consents").CountDocumentsAsync(new BsonDocument(), cancellationToken: _cancellation));
    }

    private async Task<Wire.Consent> ConsentAsync(Node node, int number) =>
        (await node.Consents.RecordConsentAsync(new Shopper(_cancellation, $"person-{number}@example.com").Consent(), cancellationToken: _cancellation)).Consent;
}
