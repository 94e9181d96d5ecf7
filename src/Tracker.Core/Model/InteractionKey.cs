using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Tracker.Core.Model;

/// <summary>
/// What makes an interaction unique: the UTC day of <c>occurred_at</c> as the caller sent it, which a retry repeats,
/// and a keyed hash of (tenant, source, message id). The day comes first because a random key costs a third of the
/// throughput of an ordered store. A record's key adds its class as the last byte, so that all records of an
/// interaction are neighbours.
/// </summary>
public readonly record struct InteractionKey(ushort Day, UInt128 Hash) : IComparable<InteractionKey>
{
    public const int Size = 18;

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, Day);
        BinaryPrimitives.WriteUInt128BigEndian(destination[2..], Hash);
    }

    public static InteractionKey Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt16BigEndian(source), BinaryPrimitives.ReadUInt128BigEndian(source[2..]));

    public static ushort DayOf(DateTimeOffset occurredAt) =>
        (ushort)Math.Clamp(occurredAt.ToUnixTimeSeconds() / 86_400, 0, ushort.MaxValue);

    public static bool TryParse(string? text, out InteractionKey key)
    {
        key = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text is not { Length: 24 } || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Size)
        {
            return false;
        }

        key = Read(bytes);
        return true;
    }

    public int CompareTo(InteractionKey other)
    {
        var byDay = Day.CompareTo(other.Day);
        return byDay != 0 ? byDay : Hash.CompareTo(other.Hash);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
