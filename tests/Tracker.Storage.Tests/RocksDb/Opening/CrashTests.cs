using Tracker.Core.Model;
using Tracker.Storage.RocksDb;
using Tracker.Storage.RocksDb.Dump;
using Tracker.Storage.RocksDb.Opening;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Opening;

public sealed class CrashTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("store");

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Folder_that_is_open_in_another_process_is_refused_but_may_be_dumped()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var other = new OtherProcess(Path);
        await other.WaitForAsync(acknowledged: 30, cancellation);

        var refusal = Assert.Throws<StoreOpenException>(() => RocksDbStore.Open(Path, TimeProvider.System));
        using var dump = StoreDump.OpenReadOnly(Path, TimeProvider.System);

        Assert.Contains("already open in another process", refusal.Message, StringComparison.Ordinal);
        Assert.True(dump.Read("unique", new DumpOptions()).Count() >= 30);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(900)]
    public async Task Killed_writer_leaves_whole_interactions_and_loses_none_that_was_acknowledged(int killAfter)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var other = new OtherProcess(Path);
        await other.WaitForAsync(killAfter, cancellation);
        await other.KillAsync(cancellation);

        using var store = RocksDbStore.Open(Path, TimeProvider.System);
        var stored = store.Dump.Read("unique", new DumpOptions()).Count();

        // A micro-batch of the writer has three interactions of one person.
        Assert.Equal(0, stored % 3);
        Assert.True(stored >= other.Acknowledged);
        for (var number = 0; number < stored; number++)
        {
            await AssertWholeAsync(store, number, cancellation);
        }

        Assert.Empty(await store.Profiles.FindAsync(A.Tenant, A.Key(stored), cancellation));
        Assert.Equal(stored * 2, store.Dump.Read("records", new DumpOptions()).Count());
        Assert.Equal(stored / 3, store.Dump.Read("identifiers", new DumpOptions()).Count());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(400)]
    public async Task Killed_reviewer_leaves_either_the_errand_or_all_of_its_effect(int killAfter)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var other = new OtherProcess(Path, "reviews");
        await other.WaitForAsync(killAfter, cancellation);
        await other.KillAsync(cancellation);

        using var store = RocksDbStore.Open(Path, TimeProvider.System);
        var profiles = await store.Identities.ListProfilesAsync(A.Tenant, after: null, int.MaxValue, cancellation);
        var errands = (await store.Errands.ReadDueAsync(DateTimeOffset.MaxValue, int.MaxValue, cancellation)).Select(errand => errand.Profile).ToHashSet();

        Assert.True(profiles.Count - errands.Count >= other.Acknowledged);
        Assert.True(errands.Count <= 1);
        for (var number = 0; number < profiles.Count; number++)
        {
            await AssertReviewedAsync(store, number, isDone: !errands.Contains(A.Profile(number)), cancellation);
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(400)]
    public async Task Killed_claimant_leaves_each_sale_with_nobody_or_whole_with_whoever_claimed_it(int killAfter)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var other = new OtherProcess(Path, "claims");
        await other.WaitForAsync(killAfter, cancellation);
        await other.KillAsync(cancellation);

        using var store = RocksDbStore.Open(Path, TimeProvider.System);
        var sold = store.Dump.Read("unique", new DumpOptions()).Count();
        var unclaimed = store.Dump.Read("receipts", new DumpOptions()).Count();

        Assert.True(sold - unclaimed >= other.Acknowledged);
        Assert.True(unclaimed <= 1);
        Assert.Equal((sold - unclaimed) * 2 + unclaimed, store.Dump.Read("records", new DumpOptions()).Count());
        for (var number = 0; number < sold; number++)
        {
            await AssertSaleAsync(store, number, isClaimed: number < sold - unclaimed, cancellation);
        }
    }

    private static async Task AssertSaleAsync(RocksDbStore store, int number, bool isClaimed, CancellationToken cancellation)
    {
        var records = await store.Profiles.FindAsync(A.Tenant, A.Key(number), cancellation);
        var control = Assert.Single(await store.Identities.ReadControlsAsync(A.Tenant, [A.Profile(number)], cancellation));
        var links = await store.Receipts.FindAsync(A.Tenant, [A.ReceiptNumber(number)], 10, cancellation);
        RetentionClass[] classes = isClaimed ? [RetentionClass.Fiscal, RetentionClass.Order] : [RetentionClass.Fiscal];

        Assert.Equal(classes, records.Select(record => record.Class).Order());
        Assert.Equal([isClaimed ? A.Profile(number) : ProfileId.None], records.Select(record => record.Profile).Distinct());
        Assert.Equal((isClaimed, isClaimed ? 0 : 1), (control is not null, links.Count));
    }

    private static async Task AssertReviewedAsync(RocksDbStore store, int number, bool isDone, CancellationToken cancellation)
    {
        var records = await store.Profiles.FindAsync(A.Tenant, A.Key(number), cancellation);
        var control = Assert.Single(await store.Identities.ReadControlsAsync(A.Tenant, [A.Profile(number)], cancellation));
        var keys = Assert.Single(await store.Keys.ReadAsync(A.Tenant, [A.Profile(number)], cancellation));
        RetentionClass[] classes = isDone ? [RetentionClass.Fiscal] : [RetentionClass.Fiscal, RetentionClass.Marketing];

        Assert.Equal(classes, records.Select(record => record.Class).Order());
        Assert.Equal(classes, keys!.Keys.Keys.Order());
        Assert.Equal((isDone ? 1 : 0, records.Max(record => record.ExpireAt)), (control!.ConsentEpoch, (DateTimeOffset?)control.ExpireAt));
    }

    private static async Task AssertWholeAsync(RocksDbStore store, int number, CancellationToken cancellation)
    {
        var profile = A.Profile(number / 3 * 3);
        var records = await store.Profiles.FindAsync(A.Tenant, A.Key(number), cancellation);
        var control = Assert.Single(await store.Identities.ReadControlsAsync(A.Tenant, [profile], cancellation));
        var keys = Assert.Single(await store.Keys.ReadAsync(A.Tenant, [profile], cancellation));

        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], records.Select(record => record.Class).Order());
        Assert.Equal(control?.ExpireAt, keys?.ExpireAt);
        Assert.All(records, record => Assert.True(record.ExpireAt <= control?.ExpireAt));
    }
}
