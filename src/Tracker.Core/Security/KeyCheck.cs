using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>
/// Notices keys of another store before anything is read or written with them: known people would not be found, and what
/// is stored already would be taken as new.
/// </summary>
public sealed class KeyCheck(IKeyProvider provider, IKeyCheckStore store)
{
    /// <summary>Versions that the store does not know yet are noted in it.</summary>
    /// <returns>False: the keys of the tenant are not those that the store was written under, or lack a version of them.</returns>
    public async Task<bool> IsOfStoreAsync(TenantId tenant, CancellationToken cancellation)
    {
        var known = await store.ReadAsync(tenant, cancellation);
        // Where a store has been written, new keys cannot be right; those of an older copy of the key file must not be made up for.
        if (known.Count > 0 && !provider.HasKeys(tenant))
        {
            return false;
        }

        var values = provider.GetKeys(tenant).ToDictionary(key => key.Version, key => ValueOf(tenant, key));
        while (AreAll(known, values))
        {
            if (values.Keys.Except(known.Keys).Order().ToList() is not [var version, ..])
            {
                return true;
            }

            // Of two nodes that begin at once with keys of their own the first is the one: read again, not believed.
            await store.AddAsync(tenant, version, values[version], cancellation);
            known = await store.ReadAsync(tenant, cancellation);
        }

        return false;
    }

    private static bool AreAll(IReadOnlyDictionary<byte, ReadOnlyMemory<byte>> known, Dictionary<byte, byte[]> values) =>
        known.All(pair => values.TryGetValue(pair.Key, out var value) && CryptographicOperations.FixedTimeEquals(value, pair.Value.Span));

    /// <summary>Depends on both keys and tells nothing of either.</summary>
    private static byte[] ValueOf(TenantId tenant, TenantKey key)
    {
        var name = Encoding.UTF8.GetBytes($"key-check\0{tenant}\0{key.Version}");
        return HMACSHA256.HashData(key.WrappingKey.Span, HMACSHA256.HashData(key.HashKey.Span, name));
    }
}
