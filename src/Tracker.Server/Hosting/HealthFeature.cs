using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracker.Server.Hosting;

/// <summary>Live: the process runs. Ready: it takes calls and can read its store. The same over HTTP and gRPC.</summary>
internal static class HealthFeature
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks().AddCheck<ReadyCheck>(Ready);
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
