using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Contracts;

public abstract class CatalogStoreContract<TStorage> : StorageContract<TStorage>
    where TStorage : IStorageUnderTest, new()
{
    [Fact]
    public async Task Every_kind_is_found_with_every_field_it_was_stored_with()
    {
        CatalogEntry[] entries = [A.Product(), A.Store(), A.Campaign()];

        await Storage.Catalog.UpsertAsync(entries, Cancellation);

        Assert.Equal(Snapshot.Of(entries[0]), Snapshot.Of(await FindAsync(CatalogKind.Product, "shirt")));
        Assert.Equal(Snapshot.Of(entries[1]), Snapshot.Of(await FindAsync(CatalogKind.Store, "milano-1")));
        Assert.Equal(Snapshot.Of(entries[2]), Snapshot.Of(await FindAsync(CatalogKind.Campaign, "spring")));
    }

    [Fact]
    public async Task Entries_are_answered_in_the_order_asked_for_with_null_for_the_unknown()
    {
        await UpsertAsync(A.Product("a"), A.Product("b"));

        var found = await Storage.Catalog.FindAsync(A.Tenant, CatalogKind.Product, ["b", "none", "a", "b", "", new string('x', 500)], Cancellation);

        Assert.Equal(["b", null, "a", "b", null, null], found.Select(entry => entry?.Id));
    }

    [Fact]
    public async Task Kinds_and_tenants_and_letter_cases_are_told_apart()
    {
        await UpsertAsync(A.Product("a"));

        Assert.Null(await FindAsync(CatalogKind.Store, "a"));
        Assert.Null(await FindAsync(CatalogKind.Product, "A"));
        Assert.Null(await FindAsync(CatalogKind.Product, "a", A.OtherTenant));
    }

    [Fact]
    public async Task Longest_ids_of_any_script_are_told_apart()
    {
        var one = new string('鞋', CatalogEntry.MaxIdLength);
        var other = $"{one[1..]}靴";
        await UpsertAsync(A.Product(one), A.Product(other));

        Assert.Equal((one, other), ((await FindAsync(CatalogKind.Product, one))?.Id, (await FindAsync(CatalogKind.Product, other))?.Id));
        Assert.Null(await FindAsync(CatalogKind.Product, one[1..]));
    }

    [Fact]
    public async Task Upsert_replaces_the_whole_entry()
    {
        await UpsertAsync(A.Product() with { SpecialCategory = SpecialCategory.Health });

        await UpsertAsync(A.Product() with { Name = "Shirt, blue", Product = new() });

        var found = await FindAsync(CatalogKind.Product, "shirt");
        Assert.Equal(("Shirt, blue", SpecialCategory.None, null), (found?.Name, found?.SpecialCategory, found?.Product?.Gtin));
    }

    [Fact]
    public async Task Of_two_entries_with_one_id_in_a_call_the_later_counts()
    {
        await UpsertAsync(A.Product() with { Name = "first" }, A.Product() with { Name = "second" });

        Assert.Equal("second", (await FindAsync(CatalogKind.Product, "shirt"))?.Name);
        Assert.Equal("second", Assert.Single(await ListAsync()).Name);
    }

    [Fact]
    public async Task Entry_is_found_after_a_restart()
    {
        await UpsertAsync(A.Product());

        await Storage.ReopenAsync();

        Assert.NotNull(await FindAsync(CatalogKind.Product, "shirt"));
    }

    [Fact]
    public async Task Entry_is_hidden_from_exactly_the_instant_its_time_has_passed_and_swept_then()
    {
        await UpsertAsync(A.Product());

        GoTo(A.InAMonth.AddMilliseconds(-1));
        Assert.NotNull(await FindAsync(CatalogKind.Product, "shirt"));

        GoTo(A.InAMonth);
        Assert.Null(await FindAsync(CatalogKind.Product, "shirt"));
        Assert.Empty(await ListAsync());
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.CatalogEntry]);
    }

    [Fact]
    public async Task Entry_that_is_stored_again_lives_to_its_later_end()
    {
        await UpsertAsync(A.Product());
        await UpsertAsync(A.Product() with { ExpireAt = A.InAMonth.AddDays(10) });
        GoTo(A.InAMonth);

        Assert.Empty((await SweepAsync()).Deleted);
        Assert.NotNull(await FindAsync(CatalogKind.Product, "shirt"));

        GoTo(A.InAMonth.AddDays(10));
        Assert.Equal(1, (await SweepAsync()).Deleted[ExpiredKind.CatalogEntry]);
    }

    [Fact]
    public async Task List_is_of_one_kind_and_tenant_in_the_order_of_the_ids()
    {
        await UpsertAsync(A.Product("b"), A.Product("ä"), A.Product("B"), A.Product("b1"), A.Store("c"), A.Product("d") with { Tenant = A.OtherTenant });

        Assert.Equal(["B", "b", "b1", "ä"], (await ListAsync()).Select(entry => entry.Id));
    }

    [Fact]
    public async Task List_goes_on_after_an_id_whether_that_is_still_there_or_not()
    {
        await UpsertAsync(A.Product("a"), A.Product("b"), A.Product("c"), A.Product("d"));

        Assert.Equal(["b", "c"], (await ListAsync(after: "a", limit: 2)).Select(entry => entry.Id));
        Assert.Equal(["c", "d"], (await ListAsync(after: "bb")).Select(entry => entry.Id));
        Assert.Empty(await ListAsync(after: "d"));
    }

    [Fact]
    public async Task Expired_entries_take_no_place_in_a_list()
    {
        await UpsertAsync(A.Product("a"), A.Product("b") with { ExpireAt = A.InAMonth.AddDays(1) }, A.Product("c"));
        GoTo(A.InAMonth);

        Assert.Equal(["b"], (await ListAsync(limit: 1)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Nothing_to_store_is_nothing_wrong()
    {
        await UpsertAsync();

        Assert.Empty(await ListAsync());
    }

    private Task UpsertAsync(params CatalogEntry[] entries) => Storage.Catalog.UpsertAsync(entries, Cancellation);

    private async Task<CatalogEntry?> FindAsync(CatalogKind kind, string id, TenantId? tenant = null) =>
        Assert.Single(await Storage.Catalog.FindAsync(tenant ?? A.Tenant, kind, [id], Cancellation));

    private async Task<IReadOnlyList<CatalogEntry>> ListAsync(string? after = null, int limit = 100) =>
        await Storage.Catalog.ListAsync(A.Tenant, CatalogKind.Product, after, limit, Cancellation);
}
