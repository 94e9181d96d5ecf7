using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tracker.Core.Model;

/// <summary>UUIDs of version 7 (RFC 9562, 5.7): ordered by time, so that what is written together lies together. Their random bits are fetched for many at a time.</summary>
internal static class TimeOrderedId
{
    private const int Random = 10;

    [ThreadStatic]
    private static byte[]? Bits;

    [ThreadStatic]
    private static int Used;

    public static Guid New(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, now.ToUnixTimeMilliseconds() << 16);
        TakeRandom().CopyTo(id[6..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private static ReadOnlySpan<byte> TakeRandom()
    {
        Bits ??= new byte[100 * Random];
        if (Used % Bits.Length == 0)
        {
            RandomNumberGenerator.Fill(Bits);
            Used = 0;
        }

        Used += Random;
        return Bits.AsSpan(Used - Random, Random);
    }
}
