using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention;

/// <summary>
/// Rewrites a tenant's data under a policy that has changed (E19): every profile gets its review, a chunk at a time, from the
/// cursor on after a restart, and without throttle once half of the time is over. Readers do not wait for it.
/// </summary>
public sealed class PolicyRollout(
    IRolloutStore rollouts,
    IReviewStore reviews,
    PolicyRegister policies,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time)
{
    /// <summary>One chunk of each tenant whose data is not yet rewritten under its policy.</summary>
    public async Task AdvanceAsync(CancellationToken cancellation)
    {
        var unfinished = 0;
        foreach (var tenant in policies.Tenants)
        {
            unfinished += await AdvanceAsync(tenant, cancellation) ? 0 : 1;
        }

        metrics.RolloutsUnfinished(unfinished);
    }

    /// <returns>Whether nothing is left to do.</returns>
    private async Task<bool> AdvanceAsync(TenantId tenant, CancellationToken cancellation)
    {
        var policy = policies.For(tenant);
        var rollout = await rollouts.FindAsync(tenant, cancellation);
        if (rollout is null || !rollout.PolicySha256.Span.SequenceEqual(policy.Sha256.Span))
        {
            var now = time.GetUtcNow().ToStored();
            rollout = new Rollout(tenant, policy.Sha256, now, null, null, policy.Add(now, policy.OuterCap));
        }

        while (rollout.FinishedAt is null)
        {
            rollout = await AdvanceAsync(rollout, cancellation);
            if (!IsLate(rollout))
            {
                break;
            }
        }

        return rollout.FinishedAt is not null;
    }

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
