using System.Collections.Concurrent;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.TestKit;

/// <summary>Policy versions in memory, for tests in which the store of them is not the matter.</summary>
public sealed class PolicyShelf(TimeProvider time) : IPolicyStore
{
    private readonly ConcurrentDictionary<(TenantId, string), PolicyVersion> _versions = new();

    public IReadOnlyCollection<PolicyVersion> Versions => [.. _versions.Values];

    public Task AddAsync(PolicyVersion version, CancellationToken cancellation)
    {
        _versions.AddOrUpdate(
            (version.Tenant, Convert.ToHexString(version.Sha256.Span)),
            version,
            (_, known) => known with { ExpireAt = version.ExpireAt });
        return Task.CompletedTask;
    }

    public Task<PolicyVersion?> FindAsync(TenantId tenant, ReadOnlyMemory<byte> sha256, CancellationToken cancellation) =>
        Task.FromResult(_versions.TryGetValue((tenant, Convert.ToHexString(sha256.Span)), out var version) && version.ExpireAt > time.GetUtcNow() ? version : null);
}
