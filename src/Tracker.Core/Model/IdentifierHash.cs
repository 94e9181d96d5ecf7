using System.Buffers.Binary;
using System.Buffers.Text;

namespace Tracker.Core.Model;

/// <summary>
/// An identifier as we know it: HMAC-SHA-256 of "kind:normalised" under the tenant's key (compliance: plain SHA-256 is
/// enumerable and not acceptable), the version of that key, and the kind. Of a number of one system among several the input is
/// "kind/scheme:normalised", and the last four bytes say which, so that two numbers of one are told from those of two.
/// </summary>
public readonly record struct IdentifierHash(IdentifierKind Kind, byte KeyVersion, UInt128 High, UInt128 Low)
{
    public const int Size = 34;

    // Kinds are few; a hash of before there were schemes has none.
    private const byte HasScheme = 0x80;

    /// <summary>It is a number of one system among several.</summary>
    public bool IsSchemed { get; init; }

    /// <summary>Of which; 0: of none.</summary>
    public uint Scheme => IsSchemed ? (uint)Low : 0;

    /// <summary>What the same value is known by under other versions of the key, the newest first; in memory only, and no part of what it is. Null: there is one key.</summary>
    public IReadOnlyList<IdentifierHash>? UnderOtherKeys { get; init; }

    /// <summary>Itself, and what the same value is known by under other versions of the key.</summary>
    public IEnumerable<IdentifierHash> UnderAnyKey() => UnderOtherKeys is null ? [this] : UnderOtherKeys.Prepend(this);

    /// <summary>Whether it is a hash of the same value, under whatever version of the key.</summary>
    public bool IsOfSame(IdentifierHash other) => this == other || UnderOtherKeys?.Contains(other) == true;

    public bool Equals(IdentifierHash other) =>
        Kind == other.Kind && KeyVersion == other.KeyVersion && IsSchemed == other.IsSchemed && High == other.High && Low == other.Low;

    /// <summary>A keyed hash is as random as any hash of it would be.</summary>
    public override int GetHashCode() => (int)(ulong)High;

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)((byte)Kind | (IsSchemed ? HasScheme : 0));
        destination[1] = KeyVersion;
        BinaryPrimitives.WriteUInt128BigEndian(destination[2..], High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[18..], Low);
    }

    public static IdentifierHash Read(ReadOnlySpan<byte> source) => new(
        (IdentifierKind)(source[0] & ~HasScheme),
        source[1],
        BinaryPrimitives.ReadUInt128BigEndian(source[2..]),
        BinaryPrimitives.ReadUInt128BigEndian(source[18..]))
    {
        IsSchemed = (source[0] & HasScheme) != 0,
    };

    public static IdentifierHash Of(IdentifierKind kind, byte keyVersion, ReadOnlySpan<byte> hmac) => new(
        kind,
        keyVersion,
        BinaryPrimitives.ReadUInt128BigEndian(hmac),
        BinaryPrimitives.ReadUInt128BigEndian(hmac[16..]));

    /// <summary>The same, as a number of that system.</summary>
    public IdentifierHash OfScheme(uint scheme) => this with { Low = (Low >> 32 << 32) | scheme, IsSchemed = true };

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
