using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>
/// Does the errands that are due, and goes on with the rewriting under a new policy, on one node of all; and renews the end of
/// the policy in force, on each node its own. For as long as the service runs.
/// </summary>
public sealed partial class ReviewLoop(
    IErrandStore errands,
    ProfileReviewer reviewer,
    PolicyRollout rollout,
    PolicyArchive archive,
    WorkLeases leases,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    ILogger<ReviewLoop> logger) : LeasedLoop(leases.For(BackgroundWork.Review), options.Value.ReviewInterval)
{
    /// <summary>Every errand that is due, those included that become due meanwhile.</summary>
    public async Task ReviewAsync(Fence? fence, CancellationToken cancellation)
    {
        var due = await ReadDueAsync(cancellation);
        while (due.Count > 0)
        {
            foreach (var profile in due.GroupBy(errand => (errand.Tenant, errand.Profile)))
            {
                await ReviewAsync([.. profile], fence, cancellation);
            }

            due = await ReadDueAsync(cancellation);
        }
    }

    protected override async Task StepAsync(CancellationToken stoppingToken)
    {
        await TryAsync(RenewAsync, stoppingToken);
        await TryAsync(PassAsync, stoppingToken);
    }

    /// <summary>The rollouts, and every errand that is due; again at once while a rollout is late. Neither waits for the other where that one fails.</summary>
    protected override async Task WorkAsync(Fence fence, CancellationToken cancellation)
    {
        bool isLate;
        do
        {
            isLate = await TryAsync(token => rollout.AdvanceAsync(fence, token), cancellation);
            isLate &= await TryAsync(token => ReviewAllAsync(fence, token), cancellation);
        }
        while (isLate);
    }

    private async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        await archive.RenewAsync(cancellation);
        return true;
    }

    private async Task<bool> ReviewAllAsync(Fence fence, CancellationToken cancellation)
    {
        await ReviewAsync(fence, cancellation);
        return true;
    }

    /// <summary>A time-out of the store is a cancellation too; only that of the service itself ends the loop, and that of the lease the pass.</summary>
    /// <returns>False: it failed.</returns>
    private async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> step, CancellationToken stoppingToken)
    {
        try
        {
            return await step(stoppingToken);
        }
        catch (Exception fault) when (fault is not LeaseLostException && !stoppingToken.IsCancellationRequested)
        {
            if (!RefusalException.IsOutageAlone(fault))
            {
                LogFailed(new(fault));
            }

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

    /// <summary>
    /// A profile that cannot be reviewed must not keep the others from it. While the store is away nothing can be put off, and the
    /// errands stay as they are; where it can, only this one was not served, and that has to be told.
    /// </summary>
    private async Task ReviewAsync(IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation)
    {
        try
        {
            await (due[0].Profile.IsNone
                ? BeginUnownedAsync(due, fence, cancellation)
                : reviewer.ReviewAsync(due[0].Tenant, due[0].Profile, due, fence, cancellation));
        }
        catch (Exception fault) when (fault is not LeaseLostException && !cancellation.IsCancellationRequested)
        {
            if (RefusalException.IsOutageAlone(fault))
            {
                await PutOffAsync(due, fence, cancellation);
                Tell(fault);
            }
            else
            {
                Tell(fault);
                await PutOffAsync(due, fence, cancellation);
            }
        }
    }

    /// <summary>What is of nobody may be a lot: it is gone through as in a rollout, where nobody waits for it.</summary>
    private async Task BeginUnownedAsync(IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation)
    {
        if (await rollout.TryBeginUnownedAsync(due[0].Tenant, fence, cancellation))
        {
            await errands.RemoveAsync(due, fence, cancellation);
        }
        else
        {
            await PutOffAsync(due, fence, cancellation);
        }
    }

    private async Task PutOffAsync(IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation)
    {
        await errands.AddAsync([due[0] with { DueAt = time.GetUtcNow() + options.Value.ReviewRetry }], cancellation);
        await errands.RemoveAsync(due, fence, cancellation);
    }

    private void Tell(Exception fault)
    {
        LogReviewFailed(new(fault));
        metrics.ReviewFailed();
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "A pass over the errands or the rollouts failed; what is to go stays hidden, and the next pass goes on: {Fault}")]
    private partial void LogFailed(ToldFault fault);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "The review of a profile failed; it is tried again later, and what is to go stays hidden: {Fault}")]
    private partial void LogReviewFailed(ToldFault fault);
}
