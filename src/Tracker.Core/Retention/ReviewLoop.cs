using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention;

/// <summary>Does the errands that are due, and goes on with the rewriting under a new policy, and renews the end of the one in force, for as long as the service runs.</summary>
public sealed partial class ReviewLoop(
    IErrandStore errands,
    ProfileReviewer reviewer,
    PolicyRollout rollout,
    PolicyArchive archive,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    ILogger<ReviewLoop> logger) : BackgroundService
{
    /// <summary>One pass: every errand that is due, those included that become due meanwhile.</summary>
    public async Task ReviewAsync(CancellationToken cancellation)
    {
        var due = await ReadDueAsync(cancellation);
        while (due.Count > 0)
        {
            foreach (var profile in due.GroupBy(errand => (errand.Tenant, errand.Profile)))
            {
                await ReviewAsync([.. profile], cancellation);
            }

            due = await ReadDueAsync(cancellation);
        }
    }

    /// <summary>The rollouts, and every errand that is due; again at once while a rollout is late. Neither waits for the other where that one fails.</summary>
    public async Task PassAsync(CancellationToken stoppingToken)
    {
        bool isLate;
        do
        {
            isLate = await TryAsync(rollout.AdvanceAsync, stoppingToken);
            isLate &= await TryAsync(ReviewAllAsync, stoppingToken);
        }
        while (isLate);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ReviewInterval, time);
        do
        {
            await TryAsync(RenewAsync, stoppingToken);
            await PassAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        await archive.RenewAsync(cancellation);
        return true;
    }

    private async Task<bool> ReviewAllAsync(CancellationToken cancellation)
    {
        await ReviewAsync(cancellation);
        return true;
    }

    /// <summary>A time-out of the store is a cancellation too; only that of the service itself ends the loop.</summary>
    /// <returns>False: it failed.</returns>
    private async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> step, CancellationToken stoppingToken)
    {
        try
        {
            return await step(stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(fault);
            return false;
        }
    }

    private async Task<IReadOnlyList<Errand>> ReadDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var due = await errands.ReadDueAsync(now, options.Value.ReviewChunk, cancellation);
        metrics.ErrandsWaiting(due.Count == 0 ? TimeSpan.Zero : now - due[0].DueAt, due.Count);
        return due;
    }

    /// <summary>A profile that cannot be reviewed must not keep the others from it.</summary>
    private async Task ReviewAsync(IReadOnlyList<Errand> due, CancellationToken cancellation)
    {
        try
        {
            await reviewer.ReviewAsync(due[0].Tenant, due[0].Profile, due, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            LogReviewFailed(fault);
            metrics.ReviewFailed();
            await errands.AddAsync([due[0] with { DueAt = time.GetUtcNow() + options.Value.ReviewRetry }], cancellation);
            await errands.RemoveAsync(due, cancellation);
        }
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "A pass over the errands or the rollouts failed; what is to go stays hidden, and the next pass goes on")]
    private partial void LogFailed(Exception fault);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "The review of a profile failed; it is tried again later, and what is to go stays hidden")]
    private partial void LogReviewFailed(Exception fault);
}
