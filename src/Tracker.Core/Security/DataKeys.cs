using System.Security.Cryptography;
using System.Text.Unicode;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>Makes, wraps and unwraps the keys of (profile, class) under the tenant's key.</summary>
public sealed class DataKeys(IKeyProvider provider, TimeProvider time)
{
    private const int KeySize = 32;
    private const int MaxContext = 160;

    public static DataKey New() => new(0, RandomNumberGenerator.GetBytes(KeySize));

    /// <summary>
    /// The key of a record without a person: derived, not stored, because there is nobody whose key could be destroyed.
    /// </summary>
    /// <param name="tenantKeyVersion">0: the newest that is written.</param>
    public DataKey Derive(SealContext context, byte tenantKeyVersion = 0)
    {
        var tenantKey = Find(context.Tenant, tenantKeyVersion);
        return new(tenantKey.Version, HMACSHA256.HashData(tenantKey.WrappingKey.Span, [.. "anonymous"u8, .. context.ToBytes()]));
    }

    public WrappedKey Wrap(TenantId tenant, ProfileId profile, RetentionClass member, DataKey key)
    {
        var tenantKey = Find(tenant, 0);
        var wrapped = new byte[TenantKey.NonceSize + KeySize + TenantKey.TagSize];
        var nonce = wrapped.AsSpan(0, TenantKey.NonceSize);
        var rest = wrapped.AsSpan(TenantKey.NonceSize);
        RandomBits.Take(TenantKey.NonceSize).CopyTo(nonce);
        tenantKey.Wrap(nonce, key.Bytes.Span, rest[..KeySize], rest[KeySize..], Context(stackalloc byte[MaxContext], tenant, profile, member));
        return new(tenantKey.Version, wrapped);
    }

    /// <exception cref="CryptographicException">The wrapped key is not of this tenant, profile and class.</exception>
    public DataKey Unwrap(TenantId tenant, ProfileId profile, RetentionClass member, WrappedKey wrapped)
    {
        var plain = new byte[KeySize];
        var bytes = wrapped.Bytes.Span;
        var rest = bytes[TenantKey.NonceSize..];
        Find(tenant, wrapped.TenantKeyVersion).Unwrap(bytes[..TenantKey.NonceSize], rest[..KeySize], rest[KeySize..], plain, Context(stackalloc byte[MaxContext], tenant, profile, member));
        return new(0, plain);
    }

    private static ReadOnlySpan<byte> Context(Span<byte> buffer, TenantId tenant, ProfileId profile, RetentionClass member) =>
        Utf8.TryWrite(buffer, $"key\0{tenant.Value}\0{profile.Value:N}\0{member}", out var written)
            ? buffer[..written]
            : throw new ArgumentException("A tenant's name is longer than it may be.", nameof(tenant));

    private TenantKey Find(TenantId tenant, byte version)
    {
        var versions = provider.GetKeys(tenant);
        return version == 0 ? versions.WrittenAt(time.GetUtcNow()) : versions.FirstOrDefault(key => key.Version == version)
            ?? throw new CryptographicException($"Version {version} of the key of tenant '{tenant}' is missing.");
    }
}
