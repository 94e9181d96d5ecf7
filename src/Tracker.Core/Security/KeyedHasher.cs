using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Tracker.Core.Model;

namespace Tracker.Core.Security;

/// <summary>HMAC-SHA-256 under the tenant's keys: what we know of identifiers, message ids and order numbers.</summary>
public sealed class KeyedHasher(IKeyProvider keys, TimeProvider time)
{
    private static readonly FrozenDictionary<IdentifierKind, string> Names = Enum.GetValues<IdentifierKind>().ToFrozenDictionary(kind => kind, kind => EnumNames<IdentifierKind>.Of(kind).ToLowerInvariant());

    // Those that tenants have declared, each by a few sources; hashed under the oldest key, which stays.
    private readonly ConcurrentDictionary<(TenantId Tenant, string Scheme), uint> _schemes = [];

    /// <summary>
    /// Under the newest key version that is written by now, with what it is under the others; the input is "kind:normalised"
    /// (compliance 7.3), or "kind/scheme:normalised".
    /// </summary>
    /// <param name="scheme">Empty: it is of none.</param>
    public IdentifierHash Identifier(TenantId tenant, IdentifierKind kind, string scheme, string normalised)
    {
        var name = Names[kind];
        var input = Encoding.UTF8.GetBytes(scheme.Length == 0 ? $"{name}:{normalised}" : $"{name}/{scheme}:{normalised}");
        var number = scheme.Length == 0 ? default(uint?) : _schemes.GetOrAdd((tenant, scheme), static (of, hasher) => (uint)hasher.Reference(of.Tenant, "scheme", of.Scheme), this);
        var versions = keys.GetKeys(tenant);
        if (versions.Count == 1)
        {
            return Hash(versions[0], kind, input, number);
        }

        var written = versions.WrittenAt(time.GetUtcNow());
        return Hash(written, kind, input, number) with
        {
            UnderOtherKeys = [.. versions.Where(key => key != written).Reverse().Select(key => Hash(key, kind, input, number))],
        };
    }

    private static IdentifierHash Hash(TenantKey key, IdentifierKind kind, byte[] input, uint? scheme)
    {
        Span<byte> hmac = stackalloc byte[TenantKey.HashSize];
        key.Hash(input, hmac);
        var hash = IdentifierHash.Of(kind, key.Version, hmac);
        return scheme is { } number ? hash.OfScheme(number) : hash;
    }

    public UInt128 Message(TenantId tenant, SourceId source, string messageId) => Reference(tenant, "message", $"{source}\0{messageId}");

    public UInt128 Request(TenantId tenant, SourceId source, string requestId) => Reference(tenant, "request", $"{source}\0{requestId}");

    /// <summary>A request of the ledger's own: no request id of a caller, whatever it says, leads to it.</summary>
    public UInt128 OwnRequest(TenantId tenant, string key) => Reference(tenant, "own request", key);

    public UInt128 Count(TenantId tenant, SourceId source, string messageId) => Reference(tenant, "count", $"{source}\0{messageId}");

    /// <summary>What is kept of the token that confirms a consent.</summary>
    public UInt128 Confirmation(TenantId tenant, string token) => Reference(tenant, "confirmation", token);

    public UInt128 Order(TenantId tenant, string orderId) => Reference(tenant, "order", orderId);

    public UInt128 Quote(TenantId tenant, string quoteId) => Reference(tenant, "quote", quoteId);

    public UInt128 Contract(TenantId tenant, string contractId) => Reference(tenant, "contract", contractId);

    /// <summary>Authenticates what we hand out and get back, such as page tokens.</summary>
    public byte[] Tag(TenantId tenant, ReadOnlySpan<byte> data)
    {
        var tag = new byte[TenantKey.HashSize];
        keys.GetKeys(tenant)[0].Hash(data, tag);
        return tag;
    }

    /// <summary>Under the oldest key version, for good: a retry must meet the same key for as long as the data lives.</summary>
    private UInt128 Reference(TenantId tenant, string kind, string value)
    {
        Span<byte> hmac = stackalloc byte[TenantKey.HashSize];
        keys.GetKeys(tenant)[0].Hash(Encoding.UTF8.GetBytes($"{kind}\0{tenant}\0{value}"), hmac);
        return BinaryPrimitives.ReadUInt128BigEndian(hmac);
    }
}
