using System.Buffers.Binary;

namespace Tracker.Core.Model;

/// <summary>UUIDs of version 7 (RFC 9562, 5.7): ordered by time, so that what is written together lies together.</summary>
internal static class TimeOrderedId
{
    public static Guid New(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, now.ToUnixTimeMilliseconds() << 16);
        RandomBits.Take(10).CopyTo(id[6..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
