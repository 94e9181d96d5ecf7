using Grpc.Core;
using Tracker.Core.Catalog;
using Tracker.Core.Retention;
using Tracker.Server.Security;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Catalog;

internal sealed class CatalogService(CatalogRegister catalog, StricterProducts products) : Wire.CatalogService.CatalogServiceBase
{
    public override async Task<Wire.UpsertProductsResponse> UpsertProducts(Wire.UpsertProductsRequest request, ServerCallContext context)
    {
        var outcomes = await products.UpsertAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return outcomes.ToProductsResponse();
    }

    public override async Task<Wire.UpsertStoresResponse> UpsertStores(Wire.UpsertStoresRequest request, ServerCallContext context)
    {
        var outcomes = await catalog.UpsertAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return outcomes.ToStoresResponse();
    }

    public override async Task<Wire.UpsertCampaignsResponse> UpsertCampaigns(Wire.UpsertCampaignsRequest request, ServerCallContext context)
    {
        var outcomes = await catalog.UpsertAsync(context.Caller(), request.ToCore(), context.CancellationToken);
        return outcomes.ToCampaignsResponse();
    }

    public override async Task<Wire.GetProductResponse> GetProduct(Wire.GetProductRequest request, ServerCallContext context)
    {
        var product = await catalog.GetAsync(context.Caller(), CatalogKind.Product, request.ProductId, context.CancellationToken);
        return new Wire.GetProductResponse { Product = product.ToProduct() };
    }

    public override async Task<Wire.ListProductsResponse> ListProducts(Wire.ListProductsRequest request, ServerCallContext context)
    {
        var page = await catalog.ListAsync(context.Caller(), CatalogKind.Product, request.PageSize, request.PageToken, context.CancellationToken);
        return new Wire.ListProductsResponse { Products = { page.Entries.Select(ProductMapping.ToProduct) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<Wire.ListStoresResponse> ListStores(Wire.ListStoresRequest request, ServerCallContext context)
    {
        var page = await catalog.ListAsync(context.Caller(), CatalogKind.Store, request.PageSize, request.PageToken, context.CancellationToken);
        return new Wire.ListStoresResponse { Stores = { page.Entries.Select(StoreMapping.ToStore) }, NextPageToken = page.NextPageToken };
    }

    public override async Task<Wire.ListCampaignsResponse> ListCampaigns(Wire.ListCampaignsRequest request, ServerCallContext context)
    {
        var page = await catalog.ListAsync(context.Caller(), CatalogKind.Campaign, request.PageSize, request.PageToken, context.CancellationToken);
        return new Wire.ListCampaignsResponse { Campaigns = { page.Entries.Select(CampaignMapping.ToCampaign) }, NextPageToken = page.NextPageToken };
    }
}
