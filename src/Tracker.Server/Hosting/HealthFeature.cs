using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracker.Server.Hosting;

/// <summary>Live: the process runs. Ready: it takes calls and can read its store. The same over HTTP and gRPC.</summary>
internal static class HealthFeature
{
    private const string Ready = "ready";

    // A probe waits for three seconds.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks().AddCheck<ReadyCheck>(Ready, failureStatus: null, tags: [], Timeout);
        // Whoever watches over gRPC is told of changes that these looks find.
        services.Configure<HealthCheckPublisherOptions>(options => (options.Delay, options.Period) = (TellEvery, TellEvery));
        // They log every look that fails, with its fault; the store tells of an outage once.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        return services;
    }

    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Name == Ready,
            ResponseWriter = (context, report) => context.Response.WriteAsync(Describe(report)),
        });
        app.MapGrpcHealthChecksService();
        return app;
    }

    private static string Describe(HealthReport report) => report.Entries[Ready].Description ?? $"{report.Status}";
}
