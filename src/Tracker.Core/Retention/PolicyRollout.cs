using Microsoft.Extensions.Options;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

/// <summary>
/// Rewrites a tenant's data under a policy that has changed (E19), or after products became stricter (E35): every profile gets
/// its review and then what is of nobody has its own, a chunk at a time, from the cursor on after a restart, and without throttle once half of the
/// time is over. Readers do not wait for it, and neither do withdrawals: few of its errands are waiting at any time.
/// </summary>
public sealed class PolicyRollout(
    IRolloutStore rollouts,
    IIdentityStore identities,
    UnownedReviewer unowned,
    IErrandStore errands,
    PolicyRegister policies,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    SecondPass secondPass,
    TimeProvider time)
{
    // The cursor and a new cause are written by different hands, on different nodes; twenty in a row are no race any more.
    private const int MaxAttempts = 20;

    /// <summary>One chunk of each tenant whose data is not yet rewritten under its policy, as long as few errands are waiting.</summary>
    /// <returns>Whether one of them is late: it is to go on as soon as its errands are done.</returns>
    /// <exception cref="AggregateException">It failed for some tenants; the others have had their turn.</exception>
    /// <exception cref="LeaseLostException">Another node goes on with it.</exception>
    public async Task<bool> AdvanceAsync(Fence? fence, CancellationToken cancellation)
    {
        var (unfinished, isLate) = (0, false);
        List<Exception> faults = [];
        foreach (var tenant in policies.Tenants)
        {
            try
            {
                var rollout = await AdvanceAsync(tenant, fence, cancellation);
                unfinished += rollout is { FinishedAt: not null, NextAt: null } ? 0 : 1;
                isLate |= rollout.FinishedAt is null && IsLate(rollout);
            }
            catch (Exception fault) when (fault is not LeaseLostException && !cancellation.IsCancellationRequested)
            {
                unfinished++;
                faults.Add(fault);
            }
        }

        metrics.RolloutsUnfinished(unfinished);
        return faults.Count == 0 ? isLate : throw new AggregateException(faults);
    }

    /// <summary>
    /// To be called before the products are stored: their pass begins later, when whatever was decided on the catalogue as it
    /// was is committed or never will be. A pass under way goes on to its end first; however many changes, one pass waits.
    /// </summary>
    public async Task BeginForProductsAsync(TenantId tenant, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var rollout = await ReadAsync(tenant, cancellation);
            var (policy, now) = (policies.For(tenant), time.GetUtcNow().ToStored());
            var start = now + secondPass.Delay;
            var next = rollout with { NextAt = rollout.NextAt ?? start, ProductsDecidedBefore = start, ExpireAt = policy.Add(start, policy.OuterCap) };
            if (await SaveAsync(next, [], fence: null, cancellation))
            {
                return;
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <summary>What is of nobody has its turn again: a purpose of some of it has ended before its record.</summary>
    /// <returns>False: a pass is under way, which may have gone by it; ask again once it is over.</returns>
    /// <exception cref="LeaseLostException">Another node goes on with it.</exception>
    public async Task<bool> TryBeginUnownedAsync(TenantId tenant, Fence? fence, CancellationToken cancellation)
    {
        var rollout = Again(await ReadAsync(tenant, cancellation));
        return rollout.FinishedAt is not null && await SaveAsync(WithUnowned(rollout), [], fence, cancellation);
    }

    private async Task<Rollout> AdvanceAsync(TenantId tenant, Fence? fence, CancellationToken cancellation)
    {
        Rollout rollout;
        do
        {
            rollout = await AdvanceOnceAsync(tenant, fence, cancellation);
        }
        while (rollout.FinishedAt is null && IsLate(rollout) && !await IsBusyAsync(cancellation));

        return rollout;
    }

    private async Task<Rollout> AdvanceOnceAsync(TenantId tenant, Fence? fence, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var rollout = Again(await ReadAsync(tenant, cancellation));
            if (rollout.FinishedAt is not null)
            {
                return rollout;
            }

            // Its time runs also while it has to wait.
            var (next, profiles) = await IsBusyAsync(cancellation) ? (rollout, []) : await NextAsync(rollout, fence, cancellation);
            var now = time.GetUtcNow().ToStored();
            if (await SaveAsync(next, [.. profiles.Select(profile => new Errand(tenant, profile, now))], fence, cancellation))
            {
                metrics.RolledOut(profiles.Count);
                return next;
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <returns>The rollout of the policy in force; what it must know of products is taken over from the one before.</returns>
    private async Task<Rollout> ReadAsync(TenantId tenant, CancellationToken cancellation)
    {
        var policy = policies.For(tenant);
        var found = await rollouts.FindAsync(tenant, cancellation);
        if (found is not null && found.PolicySha256.Span.SequenceEqual(policy.Sha256.Span))
        {
            return found is { FinishedAt: not null, HasVisitedProfiles: false } ? WithUnowned(found) : found;
        }

        var now = time.GetUtcNow().ToStored();
        return new Rollout(tenant, policy.Sha256, now, null, null, policy.Add(now, policy.OuterCap))
        {
            NextAt = found?.NextAt,
            ProductsDecidedBefore = found?.ProductsDecidedBefore,
            Version = found?.Version ?? 0,
        };
    }

    /// <summary>From the first record of nobody on; of profiles there is none to visit.</summary>
    private Rollout WithUnowned(Rollout finished) =>
        finished with { StartedAt = time.GetUtcNow().ToStored(), FinishedAt = null, HasVisitedProfiles = true, AfterUnowned = null };

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
                HasVisitedProfiles = false,
                AfterUnowned = null,
                FinishedAt = null,
                NextAt = rollout.ProductsDecidedBefore > now ? rollout.ProductsDecidedBefore : null,
            };
    }

    /// <returns>The rollout once it has gone on by a chunk, and the profiles in it.</returns>
    private async Task<(Rollout Rollout, IReadOnlyList<ProfileId> Profiles)> NextAsync(Rollout rollout, Fence? fence, CancellationToken cancellation)
    {
        var limit = options.Value.RolloutChunk;
        var profiles = rollout.HasVisitedProfiles ? [] : await identities.ListProfilesAsync(rollout.Tenant, rollout.After, limit, cancellation);
        if (profiles.Count == limit)
        {
            return (rollout with { After = profiles[^1] }, profiles);
        }

        // Written before the cursor: what is reviewed twice is as it was after the first time.
        var after = await unowned.ReviewAsync(rollout.Tenant, rollout.AfterUnowned, limit - profiles.Count, rollout.ProductsDecidedBefore, fence, cancellation);
        var next = rollout with { HasVisitedProfiles = true, AfterUnowned = after };
        return (after is null ? next with { FinishedAt = time.GetUtcNow().ToStored() } : next, profiles);
    }

    /// <returns>False: another hand was faster.</returns>
    private Task<bool> SaveAsync(Rollout rollout, IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation) =>
        rollouts.SaveAsync(rollout with { Version = rollout.Version + 1 }, due, fence, cancellation);

    private async Task<bool> IsBusyAsync(CancellationToken cancellation) =>
        (await errands.ReadDueAsync(time.GetUtcNow(), options.Value.ReviewChunk, cancellation)).Count == options.Value.ReviewChunk;

    private bool IsLate(Rollout rollout) => time.GetUtcNow() - rollout.StartedAt > options.Value.RolloutWithin / 2;
}
