using Microsoft.Extensions.Time.Testing;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Retention;

public sealed class FenceCheckTests : IAsyncLifetime
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private readonly MongoStorage _storage = new();
    private readonly FakeTimeProvider _otherTime = new(A.Noon + Duration);
    private MongoStore? _other;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _other = await _storage.OpenAsync(_otherTime, isExpiredByServer: false);
    }

    public async ValueTask DisposeAsync()
    {
        _other?.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task Takeover_between_what_a_transaction_reads_and_what_it_writes_is_met()
    {
        var tables = new StoreTables(new StoreEngine(_storage.Database.Client, _storage.Database, MongoStorage.NewGuard(new MongoStoreOptions()), new MongoStoreOptions(), _storage.Time));
        var fence = await _storage.Leases.TakeAsync(BackgroundWork.Review, "one", Duration, Cancellation);
        Fence? taken = null;

        await Assert.ThrowsAsync<LeaseLostException>(() => tables.Engine.WriteAsync(
            async (session, token) =>
            {
                await tables.Rollouts.FindAsync(session, A.Tenant.Value, token);
                taken ??= await _other!.Leases.TakeAsync(BackgroundWork.Review, "two", Duration, token);
                await FenceCheck.CheckAsync(tables, session, fence, token);
                return true;
            },
            Cancellation));

        Assert.True(taken?.Number > fence?.Number);
    }
}
