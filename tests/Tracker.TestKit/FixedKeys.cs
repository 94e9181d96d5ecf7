using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.TestKit;

/// <summary>The fake the key port has on purpose: the same keys for the same tenant in every run.</summary>
public sealed class FixedKeys : IKeyProvider
{
    private readonly ConcurrentDictionary<TenantId, IReadOnlyList<TenantKey>> _keys = new();

    public IReadOnlyList<TenantKey> GetKeys(TenantId tenant) => _keys.GetOrAdd(tenant, static id =>
        [new(1, SHA256.HashData(Encoding.UTF8.GetBytes($"wrap {id}")), SHA256.HashData(Encoding.UTF8.GetBytes($"hash {id}")))]);

    /// <summary>One more version, as an operator adds one.</summary>
    public void Add(TenantId tenant, DateTimeOffset writtenFrom)
    {
        var known = GetKeys(tenant);
        var version = known.Count + 1;
        _keys[tenant] =
        [
            .. known,
            new((byte)version, SHA256.HashData(Encoding.UTF8.GetBytes($"wrap {tenant} {version}")), SHA256.HashData(Encoding.UTF8.GetBytes($"hash {tenant} {version}"))) { WrittenFrom = writtenFrom },
        ];
    }

    public bool HasKeys(TenantId tenant) => true;
}
