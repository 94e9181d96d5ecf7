using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Catalog;

public sealed class CatalogRegisterTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(isLoopRunning: false);

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E35")]
    [Trait("Compliance", "R-046")]
    public async Task A_product_says_what_a_purchase_of_it_reveals()
    {
        await UpsertAsync(An.ProductEntry("insulin") with { SpecialCategory = SpecialCategory.Health }, An.ProductEntry("shirt"));

        Assert.Equal(SpecialCategory.Health, (await GetAsync("insulin")).SpecialCategory);
        Assert.Equal(SpecialCategory.None, (await GetAsync("shirt")).SpecialCategory);
    }

    [Fact]
    public async Task A_bad_entry_is_named_at_its_place_and_spares_its_neighbours()
    {
        var outcomes = await UpsertAsync(An.ProductEntry("a"), An.ProductEntry("") with { Name = "", Product = new() { Gtin = "12" } }, An.ProductEntry("b"));

        Assert.Equal([(0, Outcome.Accepted), (1, Outcome.Invalid), (2, Outcome.Accepted)], outcomes.Select(outcome => (outcome.Index, outcome.Outcome)));
        Assert.Equal(["gtin", "name", "product_id"], FieldsOf(outcomes[1]));
        Assert.Equal(["a", "b"], (await ListAsync()).Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_bad_entry_leaves_the_one_it_meant_to_replace_as_it_was()
    {
        await UpsertAsync(An.ProductEntry("a") with { SpecialCategory = SpecialCategory.Religion });

        await UpsertAsync(An.ProductEntry("a") with { Name = "" });

        Assert.Equal(SpecialCategory.Religion, (await GetAsync("a")).SpecialCategory);
    }

    [Fact]
    public async Task A_repeat_stores_the_same_once_more_with_a_later_end()
    {
        await UpsertAsync(An.ProductEntry("a"));
        var first = await GetAsync("a");
        _tracker.Time.Advance(TimeSpan.FromDays(100));

        await UpsertAsync(An.ProductEntry("a"));

        var second = await GetAsync("a");
        Assert.Equal(TestTracker.Noon.AddDays(100), second.UpdatedAt);
        Assert.True(second.ExpireAt > first.ExpireAt);
        Assert.Single((await ListAsync()).Entries);
    }

    [Fact]
    public async Task An_entry_ends_eleven_years_after_its_last_upsert()
    {
        await UpsertAsync(An.ProductEntry("a"));

        var end = (await GetAsync("a")).ExpireAt;

        Assert.Equal(2037, end.Year);
        _tracker.Time.SetUtcNow(end);
        await Assert.ThrowsAsync<RefusalException>(() => GetAsync("a"));
    }

    [Fact]
    public async Task What_is_not_there_is_refused_as_not_found()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => GetAsync("none"));

        Assert.Equal(RefusalReason.CatalogEntryNotFound, refusal.Reason);
        Assert.DoesNotContain("none", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_sees_its_own_catalogue_only()
    {
        await UpsertAsync(An.ProductEntry("a"));
        var other = _tracker.Caller with { Tenant = new("other") };

        Assert.Empty((await _tracker.Catalog.ListAsync(other, CatalogKind.Product, 0, "", CancellationToken.None)).Entries);
    }

    [Fact]
    public async Task Pages_hold_every_entry_once_in_the_order_of_the_ids()
    {
        await UpsertAsync([.. Enumerable.Range(0, 25).Select(i => An.ProductEntry($"p{i:00}"))]);

        List<string> seen = [];
        var token = "";
        do
        {
            var page = await ListAsync(pageSize: 10, token);
            seen.AddRange(page.Entries.Select(entry => entry.Id));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"p{i:00}"), seen);
    }

    [Fact]
    public async Task A_page_that_is_exactly_full_is_the_last()
    {
        await UpsertAsync(An.ProductEntry("a"), An.ProductEntry("b"));

        Assert.Equal("", (await ListAsync(pageSize: 2)).NextPageToken);
    }

    [Fact]
    public async Task A_page_token_is_good_for_its_kind_and_tenant_only()
    {
        await UpsertAsync(An.ProductEntry("a"), An.ProductEntry("b"));
        var token = (await ListAsync(pageSize: 1)).NextPageToken;
        var other = _tracker.Caller with { Tenant = new("other") };

        await AssertRefusedAsync(RefusalReason.PageTokenInvalid, () => _tracker.Catalog.ListAsync(_tracker.Caller, CatalogKind.Store, 1, token, CancellationToken.None));
        await AssertRefusedAsync(RefusalReason.PageTokenInvalid, () => _tracker.Catalog.ListAsync(other, CatalogKind.Product, 1, token, CancellationToken.None));
        await AssertRefusedAsync(RefusalReason.InvalidRequest, () => ListAsync(pageSize: -1));
    }

    private static async Task AssertRefusedAsync(RefusalReason reason, Func<Task> call) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<RefusalException>(call)).Reason);

    private static IEnumerable<string> FieldsOf(UpsertOutcome outcome) => outcome.Violations.Select(violation => violation.Field).Order(StringComparer.Ordinal);

    private Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(params CatalogDraft[] drafts) => _tracker.Catalog.UpsertAsync(_tracker.Caller, drafts, CancellationToken.None);

    private Task<CatalogEntry> GetAsync(string id) => _tracker.Catalog.GetAsync(_tracker.Caller, CatalogKind.Product, id, CancellationToken.None);

    private Task<CatalogPage> ListAsync(int pageSize = 0, string token = "") => _tracker.Catalog.ListAsync(_tracker.Caller, CatalogKind.Product, pageSize, token, CancellationToken.None);
}
