using System.Buffers.Binary;
using System.Buffers.Text;

namespace Tracker.Core.Model;

/// <summary>
/// An identifier as we know it: HMAC-SHA-256 of "kind:normalised" under the tenant's key (compliance: plain SHA-256 is
/// enumerable and not acceptable), the version of that key, and the kind.
/// </summary>
public readonly record struct IdentifierHash(IdentifierKind Kind, byte KeyVersion, UInt128 High, UInt128 Low)
{
    public const int Size = 34;

    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)Kind;
        destination[1] = KeyVersion;
        BinaryPrimitives.WriteUInt128BigEndian(destination[2..], High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[18..], Low);
    }

    public static IdentifierHash Read(ReadOnlySpan<byte> source) => new(
        (IdentifierKind)source[0],
        source[1],
        BinaryPrimitives.ReadUInt128BigEndian(source[2..]),
        BinaryPrimitives.ReadUInt128BigEndian(source[18..]));

    public static IdentifierHash Of(IdentifierKind kind, byte keyVersion, ReadOnlySpan<byte> hmac) => new(
        kind,
        keyVersion,
        BinaryPrimitives.ReadUInt128BigEndian(hmac),
        BinaryPrimitives.ReadUInt128BigEndian(hmac[16..]));

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
