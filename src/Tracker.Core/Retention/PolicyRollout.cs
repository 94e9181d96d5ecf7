using Microsoft.Extensions.Options;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Retention;

/// <summary>
/// Rewrites a tenant's data under a policy that has changed (E19), or after products became stricter (E35): every profile gets
/// its review, a chunk at a time, from the cursor on after a restart, and without throttle once half of the time is over.
/// Readers do not wait for it.
/// </summary>
public sealed class PolicyRollout(
    IRolloutStore rollouts,
    IReviewStore reviews,
    PolicyRegister policies,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    IOptions<ConsentOptions> consents,
    TimeProvider time) : IDisposable
{
    // The cursor and a new cause are written by different hands, and neither may undo the other.
    private readonly SemaphoreSlim _turn = new(1);

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

    /// <summary>
    /// To be called before the products are stored: their pass begins later, when whatever was decided on the catalogue as it
    /// was is committed or never will be. A pass under way goes on to its end first; however many changes, one pass waits.
    /// </summary>
    public async Task BeginForProductsAsync(TenantId tenant, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var rollout = await ReadAsync(tenant, cancellation);
            var (policy, now) = (policies.For(tenant), time.GetUtcNow().ToStored());
            var start = now + consents.Value.SecondPassDelay;
            await rollouts.SaveAsync(
                rollout with { NextAt = rollout.NextAt ?? start, ProductsDecidedBefore = start, ExpireAt = policy.Add(start, policy.OuterCap) },
                [],
                cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <returns>Whether nothing is left to do.</returns>
    private async Task<bool> AdvanceAsync(TenantId tenant, CancellationToken cancellation)
    {
        while (true)
        {
            var rollout = await AdvanceOnceAsync(tenant, cancellation);
            if (rollout.FinishedAt is not null || !IsLate(rollout))
            {
                return rollout is { FinishedAt: not null, NextAt: null };
            }
        }
    }

    private async Task<Rollout> AdvanceOnceAsync(TenantId tenant, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var rollout = Again(await ReadAsync(tenant, cancellation));
            return rollout.FinishedAt is null ? await AdvanceAsync(rollout, cancellation) : rollout;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>The rollout of the policy in force; what it must know of products is taken over from the one before.</returns>
    private async Task<Rollout> ReadAsync(TenantId tenant, CancellationToken cancellation)
    {
        var policy = policies.For(tenant);
        var found = await rollouts.FindAsync(tenant, cancellation);
        if (found is not null && found.PolicySha256.Span.SequenceEqual(policy.Sha256.Span))
        {
            return found;
        }

        var now = time.GetUtcNow().ToStored();
        return new Rollout(tenant, policy.Sha256, now, null, null, policy.Add(now, policy.OuterCap))
        {
            NextAt = found?.NextAt,
            ProductsDecidedBefore = found?.ProductsDecidedBefore,
        };
    }

    /// <summary>The pass that waits, once the one before it is over. A product that became stricter since it was to begin has another.</summary>
    private Rollout Again(Rollout rollout)
    {
        var now = time.GetUtcNow();
        return rollout.FinishedAt is null || rollout.NextAt is not { } start || start > now
            ? rollout
            : rollout with
            {
                StartedAt = start,
                After = null,
                FinishedAt = null,
                NextAt = rollout.ProductsDecidedBefore > now ? rollout.ProductsDecidedBefore : null,
            };
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
