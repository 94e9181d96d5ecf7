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
    public Task StoreInForceAsync(CancellationToken cancellation) => StoreAsync(isStart: true, cancellation);

    /// <summary>A server that runs for years decides under the policy all that time: once a day its end moves.</summary>
    public Task RenewAsync(CancellationToken cancellation) =>
        time.GetUtcNow() - _storedAt < RenewedEvery ? Task.CompletedTask : StoreAsync(isStart: false, cancellation);

    private async Task StoreAsync(bool isStart, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var tenant in policies.Tenants)
        {
            var policy = policies.For(tenant);
            var isBack = IsBack(policy, await store.ListAsync(tenant, cancellation), isStart, now);
            await store.AddAsync(
                new PolicyVersion(tenant, policy.Version, policy.Sha256, policy.Document, now, policy.Add(now + Reserve, policy.OuterCap)) { ResumedAt = isBack ? [now] : [] },
                cancellation);
            policy.Remember(Begins(policy, await store.ListAsync(tenant, cancellation)));
        }

        _storedAt = now;
    }

    /// <summary>
    /// Whether it was in force before, and another one came into force after it: with a start, or where no server lives any more that had the other one, of which an
    /// old one was started once more beside this one.
    /// </summary>
    private static bool IsBack(Policy policy, IReadOnlyList<PolicyVersion> versions, bool isStart, DateTimeOffset now) =>
        versions.Any(version => IsOf(policy, version))
        && versions.MaxBy(version => version.Begins.Last()) is { } last
        && !IsOf(policy, last)
        && (isStart || !WasRenewedSince(last, now - (2 * RenewedEvery)));

    /// <summary>Each renewal moves its end; one that cannot be read is of another program, and lives on.</summary>
    private static bool WasRenewedSince(PolicyVersion version, DateTimeOffset instant) =>
        TryRead(version) is not { } policy || version.ExpireAt >= policy.Add(instant + Reserve, policy.OuterCap);

    private static IEnumerable<(DateTimeOffset From, Policy Policy)> Begins(Policy inForce, IReadOnlyList<PolicyVersion> versions) =>
        from version in versions
        let policy = IsOf(inForce, version) ? inForce : TryRead(version)
        where policy is not null
        from begin in version.Begins
        select (begin, policy);

    private static bool IsOf(Policy policy, PolicyVersion version) => version.Sha256.Span.SequenceEqual(policy.Sha256.Span);

    /// <returns>Null: it is of another program; what it decided has the ends that it stored.</returns>
    private static Policy? TryRead(PolicyVersion version)
    {
        try
        {
            return PolicyReader.Read(version.Version, version.Document.Span);
        }
        catch (PolicyInvalidException)
        {
            return null;
        }
    }

    /// <returns>The texts of the policy with that hash, or of the one in force where it is not known any more.</returns>
    public async Task<PolicyTexts> ReadTextsAsync(TenantId tenant, ReadOnlyMemory<byte> sha256, CancellationToken cancellation) =>
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
