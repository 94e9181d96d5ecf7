using Grpc.Core;
using Tracker.Server.Tests.Catalog;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.EndToEnd;

public sealed class CatalogTests
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_upserted_is_read_back_also_after_a_restart()
    {
        await using var server = await TestServer.StartAsync(_cancellation);
        var nameless = CatalogSample.Product();
        (nameless.ProductId, nameless.Name) = ("nameless", "");

        var products = await server.Catalog.UpsertProductsAsync(new() { Products = { CatalogSample.Product(), nameless } }, cancellationToken: _cancellation);
        var stores = await server.Catalog.UpsertStoresAsync(new() { Stores = { CatalogSample.Store() } }, cancellationToken: _cancellation);
        var campaigns = await server.Catalog.UpsertCampaignsAsync(new() { Campaigns = { CatalogSample.Campaign() } }, cancellationToken: _cancellation);
        await server.RestartAsync(_cancellation);

        Assert.Equal([Wire.Outcome.Accepted, Wire.Outcome.Invalid], products.Results.Select(result => result.Outcome));
        Assert.Equal("products[1].name", products.Results[1].Violations.Single().Field);
        Assert.Equal([Wire.Outcome.Accepted, Wire.Outcome.Accepted], stores.Results.Concat(campaigns.Results).Select(result => result.Outcome));
        await AssertHeldAsync(server);
    }

    [Fact]
    public async Task A_product_nobody_has_upserted_is_not_found()
    {
        await using var server = await TestServer.StartAsync(_cancellation);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Catalog.GetProductAsync(new() { ProductId = "none" }, cancellationToken: _cancellation));

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
    }

    private async Task AssertHeldAsync(TestServer server)
    {
        var product = await server.Catalog.GetProductAsync(new() { ProductId = "insulin" }, cancellationToken: _cancellation);
        var products = await server.Catalog.ListProductsAsync(new(), cancellationToken: _cancellation);
        var stores = await server.Catalog.ListStoresAsync(new(), cancellationToken: _cancellation);
        var campaigns = await server.Catalog.ListCampaignsAsync(new(), cancellationToken: _cancellation);

        Assert.Equal(Wire.SpecialCategory.Health, product.Product.SpecialCategory);
        Assert.Equal(product.Product, Assert.Single(products.Products));
        Assert.Equal("Milano, Duomo", Assert.Single(stores.Stores).Name);
        Assert.Equal(1_250, Assert.Single(campaigns.Campaigns).Cost.Units);
        // The product has a trade item number, and it reveals something.
        Assert.Equal(4, (await server.DumpAsync(_cancellation, "--part", "catalog")).Count);
    }
}
