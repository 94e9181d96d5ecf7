using Microsoft.Extensions.Options;
using Tracker.Core.Retention;

namespace Tracker.Server.Retention;

internal static class RetentionFeature
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>()
            .BindConfiguration(RetentionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        return services.AddSingleton<RetentionMetrics>().AddHostedService<RetentionSweeper>();
    }
}
