using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>Every policy under which something was decided, so that a record is explained by the rules it was kept under .</summary>
public sealed class PolicyArchive(IPolicyStore store, PolicyRegister policies, TimeProvider time)
{
    private static readonly TimeSpan RenewedEvery = TimeSpan.FromDays(1);

    // What is decided before the next renewal, should that be late, must not outlive the policy that decided it.
    private static readonly TimeSpan Reserve = TimeSpan.FromDays(30);

    private DateTimeOffset _storedAt;

    /// <summary>Before the first call: what decides from now on can be looked up for as long as anything it decided may live.</summary>
    public async Task StoreInForceAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var tenant in policies.Tenants)
        {
            var policy = policies.For(tenant);
            await store.AddAsync(new PolicyVersion(tenant, policy.Version, policy.Sha256, policy.Document, now, policy.Add(now + Reserve, policy.OuterCap)), cancellation);
            var versions = await store.ListAsync(tenant, cancellation);
            foreach (var version in versions)
            {
                Remember(policy, version, versions, now);
            }
        }

        _storedAt = now;
    }

    /// <summary>A server that runs for years decides under the policy all that time: once a day its end moves.</summary>
    public Task RenewAsync(CancellationToken cancellation) =>
        time.GetUtcNow() - _storedAt < RenewedEvery ? Task.CompletedTask : StoreInForceAsync(cancellation);

    private static void Remember(Policy policy, PolicyVersion version, IReadOnlyList<PolicyVersion> all, DateTimeOffset now)
    {
        if (version.Sha256.Span.SequenceEqual(policy.Sha256.Span))
        {
            return;
        }

        try
        {
            var earlier = PolicyReader.Read(version.Version, version.Document.Span);
            policy.Remember(earlier, UsedUntil(version, earlier, all, now));
        }
        catch (PolicyInvalidException)
        {
            // Of another program: what it decided has the ends that it stored.
        }
    }

    /// <summary>Until the next one began, whatever the server did meanwhile; where it is an earlier one that came back, a day after its end was last moved, which is done once a day.</summary>
    private static DateTimeOffset UsedUntil(PolicyVersion version, Policy policy, IReadOnlyList<PolicyVersion> all, DateTimeOffset now)
    {
        var (low, high) = (version.FirstUsedAt, now);
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low + ((high - low) / 2);
            (low, high) = policy.Add(middle + Reserve, policy.OuterCap) <= version.ExpireAt ? (middle, high) : (low, middle);
        }

        return all.Where(other => other.FirstUsedAt > low).Select(other => other.FirstUsedAt).DefaultIfEmpty(low + RenewedEvery).Min();
    }

    /// <returns>The texts of the policy with that hash, or of the one in force where it is not known any more.</returns>
    public async Task<PolicyTexts> FindTextsAsync(TenantId tenant, ReadOnlyMemory<byte> sha256, CancellationToken cancellation) =>
        await FindExactAsync(tenant, sha256, cancellation) ?? PolicyTexts.Read(policies.For(tenant).Document.Span, isExact: false);

    /// <returns>Null: the policy with that hash is not known any more.</returns>
    public async Task<PolicyTexts?> FindExactAsync(TenantId tenant, ReadOnlyMemory<byte> sha256, CancellationToken cancellation)
    {
        var inForce = policies.For(tenant);
        return await store.FindAsync(tenant, sha256, cancellation) is { } version ? PolicyTexts.Read(version.Document.Span, isExact: true)
            : inForce.Sha256.Span.SequenceEqual(sha256.Span) ? PolicyTexts.Read(inForce.Document.Span, isExact: true)
            : null;
    }
}
