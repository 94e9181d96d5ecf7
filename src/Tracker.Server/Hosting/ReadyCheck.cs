using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Server.Hosting;

/// <summary>Whether a call would be served now: started, not stopping, and the store answers a read.</summary>
internal sealed class ReadyCheck(IHostApplicationLifetime lifetime, IIdentityStore identities) : IHealthCheck
{
    private static readonly TenantId Nobody = new("health");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Starting");
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Stopping");
        }

        // What a failing read throws is reported as unhealthy by the framework; so is one that takes too long.
        try
        {
            await identities.ReadControlsAsync(Nobody, [ProfileId.None], cancellationToken);
            return HealthCheckResult.Healthy("Ready");
        }
        catch (RefusalException)
        {
            return HealthCheckResult.Unhealthy("The store does not answer");
        }
    }
}
