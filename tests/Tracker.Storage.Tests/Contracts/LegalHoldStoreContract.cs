using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class LegalHoldStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Hold_is_found_as_it_was_saved()
    {
        var hold = A.LegalHold(id: new string('\u00e8', 64), profiles: [A.Ada, A.Bea]);
        await Storage.LegalHolds.SaveAsync(hold, Cancellation);
        await Storage.ReopenAsync();

        Assert.Equal(Snapshot.Of(hold), Snapshot.Of(await Storage.LegalHolds.FindAsync(A.Tenant, hold.Id, Cancellation)));
        Assert.Null(await Storage.LegalHolds.FindAsync(A.OtherTenant, hold.Id, Cancellation));
    }

    [Fact]
    public async Task Hold_that_stands_has_no_end()
    {
        await Storage.LegalHolds.SaveAsync(A.LegalHold(), Cancellation);

        GoTo(A.Noon.AddYears(100));
        await SweepAsync();

        Assert.NotNull(await Storage.LegalHolds.FindAsync(A.Tenant, "case-1", Cancellation));
    }

    [Fact]
    public async Task Released_hold_is_deleted_at_its_end()
    {
        await Storage.LegalHolds.SaveAsync(A.LegalHold(), Cancellation);
        await Storage.LegalHolds.SaveAsync(A.LegalHold() with { ReleasedAt = A.Noon, ExpireAt = A.InAMonth }, Cancellation);
        Assert.NotNull((await Storage.LegalHolds.FindAsync(A.Tenant, "case-1", Cancellation))!.ReleasedAt);

        GoTo(A.InAMonth);

        Assert.Null(await Storage.LegalHolds.FindAsync(A.Tenant, "case-1", Cancellation));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.LegalHold]);
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task Hold_with_an_end_that_was_not_released_or_the_reverse_is_a_fault()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.LegalHolds.SaveAsync(A.LegalHold() with { ExpireAt = A.InAMonth }, Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.LegalHolds.SaveAsync(A.LegalHold() with { ReleasedAt = A.Noon }, Cancellation));

        Assert.Empty(await ListAsync(after: null));
    }

    [Fact]
    public async Task Holds_of_a_tenant_are_listed_page_by_page_in_the_order_of_their_ids()
    {
        foreach (var id in new[] { "b", "a", "aa", "c" })
        {
            await Storage.LegalHolds.SaveAsync(A.LegalHold(id), Cancellation);
        }

        await Storage.LegalHolds.SaveAsync(A.LegalHold("d", A.OtherTenant), Cancellation);

        Assert.Equal(["a", "aa"], await ListAsync(after: null));
        Assert.Equal(["b", "c"], await ListAsync(after: "aa"));
        Assert.Empty(await ListAsync(after: "c"));
    }

    private async Task<IEnumerable<string>> ListAsync(string? after) =>
        (await Storage.LegalHolds.ListAsync(A.Tenant, after, 2, Cancellation)).Select(hold => hold.Id);
}
