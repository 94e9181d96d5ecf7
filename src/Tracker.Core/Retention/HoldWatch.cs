using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention;

/// <summary>
/// Tells every day of legal holds that stand beyond the day by which they were to be confirmed. They are not released by it:
/// what must be kept for a court is not deleted because somebody forgot a date.
/// </summary>
public sealed partial class HoldWatch(
    ILegalHoldStore holds,
    PolicyRegister policies,
    RetentionMetrics metrics,
    TimeProvider time,
    ILogger<HoldWatch> logger) : BackgroundService
{
    private const int ChunkSize = 500;

    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    // One that failed is not put off until tomorrow.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    /// <returns>How many there are, of all tenants.</returns>
    public async Task<int> LookAsync(CancellationToken cancellation)
    {
        var all = 0;
        foreach (var tenant in policies.Tenants)
        {
            var unreviewed = await CountAsync(tenant, cancellation);
            all += unreviewed;
            if (unreviewed > 0)
            {
                LogUnreviewed(unreviewed, tenant);
            }
        }

        metrics.HoldsUnreviewed(all);
        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(await TryLookAsync(stoppingToken) ? Daily : AfterFailure, time, stoppingToken);
        }
    }

    private async Task<bool> TryLookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(stoppingToken);
            return true;
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            if (!RefusalException.IsOutageAlone(fault))
            {
                LogFailed(new(fault));
            }

            return false;
        }
    }

    private async Task<int> CountAsync(TenantId tenant, CancellationToken cancellation)
    {
        var (count, after, now) = (0, (string?)null, time.GetUtcNow());
        while (true)
        {
            var chunk = await holds.ListAsync(tenant, after, ChunkSize, cancellation);
            count += chunk.Count(hold => hold.ReleasedAt is null && hold.ReviewAt <= now);
            if (chunk.Count < ChunkSize)
            {
                return count;
            }

            after = chunk[^1].Id;
        }
    }

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "{Count} legal holds of tenant {Tenant} stand beyond the day by which they were to be confirmed; confirm or release them")]
    private partial void LogUnreviewed(int count, TenantId tenant);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Error, Message = "The daily look at the legal holds failed and is taken again in some minutes: {Fault}")]
    private partial void LogFailed(ToldFault fault);
}
