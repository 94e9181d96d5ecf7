using MongoDB.Driver;
using Tracker.Core.Model;
using Tracker.Storage.Mongo;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Engine;

public sealed class StoreFaultTests
{
    [Fact]
    public async Task Server_that_does_not_answer_is_a_refusal_that_says_to_come_again()
    {
        // Port 9 is the discard service, which nobody runs.
        var settings = MongoClientSettings.FromConnectionString("mongodb://127.0.0.1:9/");
        var options = new MongoStoreOptions { StartTimeout = TimeSpan.Zero, ServerSelectionTimeout = TimeSpan.FromMilliseconds(250) };

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => MongoStorage.OpenAsync(settings, options, TimeProvider.System, isExpiredByServer: true));

        Assert.Equal(RefusalReason.StoreUnavailable, refusal.Reason);
        Assert.NotNull(refusal.RetryAfter);
        Assert.Null(refusal.InnerException);
    }

    [Fact]
    public async Task Call_that_was_cancelled_stores_nothing_and_is_no_refusal()
    {
        await using var storage = new MongoStorage();
        await storage.StartAsync();
        var batch = MicroBatches.Of(A.NewProfile(A.Ada), A.Interaction(1, A.Ada));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Records.CommitAsync(batch, new CancellationToken(canceled: true)));

        Assert.Null(Assert.Single(await storage.Identities.ReadControlsAsync(A.Tenant, [A.Ada], TestContext.Current.CancellationToken)));
    }
}
