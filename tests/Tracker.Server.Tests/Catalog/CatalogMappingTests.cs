using Google.Protobuf.WellKnownTypes;
using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Server.Catalog;
using Tracker.Server.Tests.Ingestion;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Catalog;

public sealed class CatalogMappingTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(Sample.Noon, isLoopRunning: false);

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_product_comes_back_as_it_was_sent()
    {
        var stored = (await StoreAsync(new Wire.UpsertProductsRequest { Products = { CatalogSample.Product() } }.ToCore())).ToProduct();

        Assert.Equal(Sample.Noon, stored.UpdatedAt.ToDateTimeOffset());
        Assert.True(stored.ExpireAt.ToDateTimeOffset() > Sample.Noon.AddYears(10));
        (stored.UpdatedAt, stored.ExpireAt) = (null, null);
        Assert.Equal(CatalogSample.Product(), stored);
    }

    [Fact]
    public async Task A_store_comes_back_as_it_was_sent()
    {
        var stored = (await StoreAsync(new Wire.UpsertStoresRequest { Stores = { CatalogSample.Store() } }.ToCore())).ToStore();

        (stored.UpdatedAt, stored.ExpireAt) = (null, null);
        Assert.Equal(CatalogSample.Store(), stored);
    }

    [Fact]
    public async Task A_campaign_comes_back_as_it_was_sent()
    {
        var stored = (await StoreAsync(new Wire.UpsertCampaignsRequest { Campaigns = { CatalogSample.Campaign() } }.ToCore())).ToCampaign();

        (stored.UpdatedAt, stored.ExpireAt) = (null, null);
        Assert.Equal(CatalogSample.Campaign(), stored);
    }

    [Fact]
    public async Task What_only_an_answer_says_is_not_taken_from_a_request()
    {
        var product = CatalogSample.Product();
        product.ExpireAt = Sample.Noon.AddYears(500).ToTimestamp();

        var stored = await StoreAsync(new Wire.UpsertProductsRequest { Products = { product } }.ToCore());

        Assert.True(stored.ExpireAt < Sample.Noon.AddYears(12));
    }

    [Fact]
    public async Task Values_that_this_version_does_not_know_are_named_with_their_path()
    {
        var product = CatalogSample.Product();
        product.SpecialCategory = (Wire.SpecialCategory)99;
        product.Attributes.Add(new Wire.Property { Key = "empty" });

        var outcomes = await _tracker.Catalog.UpsertAsync(
            _tracker.Caller, new Wire.UpsertProductsRequest { Products = { CatalogSample.Product(), product } }.ToCore(), CancellationToken.None);
        var results = outcomes.ToProductsResponse().Results;

        Assert.Equal([(0, Wire.Outcome.Accepted), (1, Wire.Outcome.Invalid)], results.Select(result => (result.Index, result.Outcome)));
        Assert.Equal(["products[1].special_category", "products[1].attributes[5]"], results[1].Violations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void A_call_has_one_to_a_thousand_entries(int count)
    {
        Assert.Equal("products", Refused(() => new Wire.UpsertProductsRequest { Products = { Enumerable.Repeat(CatalogSample.Product(), count) } }.ToCore()));
        Assert.Equal("stores", Refused(() => new Wire.UpsertStoresRequest { Stores = { Enumerable.Repeat(CatalogSample.Store(), count) } }.ToCore()));
        Assert.Equal("campaigns", Refused(() => new Wire.UpsertCampaignsRequest { Campaigns = { Enumerable.Repeat(CatalogSample.Campaign(), count) } }.ToCore()));
    }

    private static string Refused(Func<object> call) => Assert.Throws<RefusalException>(call).Violations.Single().Field;

    private async Task<CatalogEntry> StoreAsync(IReadOnlyList<CatalogDraft> drafts)
    {
        var outcome = Assert.Single(await _tracker.Catalog.UpsertAsync(_tracker.Caller, drafts, CancellationToken.None));
        Assert.Empty(outcome.Violations);
        return await _tracker.Catalog.GetAsync(_tracker.Caller, drafts[0].Kind, drafts[0].Id, CancellationToken.None);
    }
}
