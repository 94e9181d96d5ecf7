using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention;

/// <summary>
/// Rewrites a tenant's data under a policy that has changed (E19): every profile gets its review, a chunk at a time, from the
/// cursor on after a restart, and without throttle once half of the time is over. Readers do not wait for it, and neither do
/// withdrawals: no more of its errands are waiting at any time than are read at once.
/// </summary>
public sealed class PolicyRollout(
    IRolloutStore rollouts,
    IReviewStore reviews,
    IErrandStore errands,
    PolicyRegister policies,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time)
{
    /// <summary>One chunk of each tenant whose data is not yet rewritten under its policy, as long as few errands are waiting.</summary>
    /// <returns>Whether one of them is late: it is to go on as soon as its errands are done.</returns>
    /// <exception cref="AggregateException">It failed for some tenants; the others have had their turn.</exception>
    public async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        var (unfinished, isLate) = (0, false);
        List<Exception> faults = [];
        foreach (var tenant in policies.Tenants)
        {
            try
            {
                var rollout = await AdvanceAsync(tenant, cancellation);
                unfinished += rollout.FinishedAt is null ? 1 : 0;
                isLate |= rollout.FinishedAt is null && IsLate(rollout);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                unfinished++;
                faults.Add(fault);
            }
        }

        metrics.RolloutsUnfinished(unfinished);
        return faults.Count == 0 ? isLate : throw new AggregateException(faults);
    }

    private async Task<Rollout> AdvanceAsync(TenantId tenant, CancellationToken cancellation)
    {
        var policy = policies.For(tenant);
        var rollout = await rollouts.FindAsync(tenant, cancellation);
        if (rollout is null || !rollout.PolicySha256.Span.SequenceEqual(policy.Sha256.Span))
        {
            var now = time.GetUtcNow().ToStored();
            rollout = new Rollout(tenant, policy.Sha256, now, null, null, policy.Add(now, policy.OuterCap));
            // Its time runs from here, also where it has to wait.
            await rollouts.SaveAsync(rollout, [], cancellation);
        }

        while (rollout.FinishedAt is null && !await IsBusyAsync(cancellation))
        {
            rollout = await AdvanceAsync(rollout, cancellation);
            if (!IsLate(rollout))
            {
                break;
            }
        }

        return rollout;
    }

    private async Task<bool> IsBusyAsync(CancellationToken cancellation) =>
        (await errands.ReadDueAsync(time.GetUtcNow(), options.Value.ReviewChunk, cancellation)).Count == options.Value.ReviewChunk;

    private async Task<Rollout> AdvanceAsync(Rollout rollout, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToStored();
        var profiles = await reviews.ListProfilesAsync(rollout.Tenant, rollout.After, options.Value.RolloutChunk, cancellation);
        var next = profiles.Count < options.Value.RolloutChunk
            ? rollout with { FinishedAt = now }
            : rollout with { After = profiles[^1] };
        await rollouts.SaveAsync(next, [.. profiles.Select(profile => new Errand(rollout.Tenant, profile, now))], cancellation);
        metrics.RolledOut(profiles.Count);
        return next;
    }

    private bool IsLate(Rollout rollout) => time.GetUtcNow() - rollout.StartedAt > options.Value.RolloutWithin / 2;
}
