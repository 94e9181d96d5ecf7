using Tracker.Core.Catalog;

namespace Tracker.Server.Catalog;

internal static class CatalogFeature
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton<CatalogRegister>()
        .AddSingleton<CatalogService>();
}
