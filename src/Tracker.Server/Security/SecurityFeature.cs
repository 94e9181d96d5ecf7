using Microsoft.Extensions.Options;
using Tracker.Core.Security;
using Tracker.Server.Hosting;

namespace Tracker.Server.Security;

internal static class SecurityFeature
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<TenantsOptions>()
            .Configure<IConfiguration>((options, settings) =>
                settings.GetSection(TenantsOptions.Section).Bind(options.Tenants, binder => binder.ErrorOnUnknownConfiguration = true))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TenantsOptions>, TenantsValidator>();
        services.AddSingleton<CallerDirectory>();
        services.AddSingleton<IKeyProvider>(provider => LocalKeyFile.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<ILogger<LocalKeyFile>>()));
        return services
            .AddSingleton<KeyedHasher>()
            .AddSingleton<DataKeys>()
            .AddSingleton<PageTokens>();
    }
}
