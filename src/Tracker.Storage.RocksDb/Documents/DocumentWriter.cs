using System.Buffers.Binary;
using System.Text;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Documents;

/// <summary>A growing buffer that one document after the other is written into; times are UTC milliseconds.</summary>
internal sealed class DocumentWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), value);

    public void Short(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(sizeof(ushort)), value);

    public void Time(DateTimeOffset value) => Number(value.ToUnixTimeMilliseconds());

    public void Time(DateTimeOffset? value)
    {
        Flag(value.HasValue);
        if (value is { } time)
        {
            Time(time);
        }
    }

    public void Guid(Guid value) => value.TryWriteBytes(Reserve(16), bigEndian: true, out _);

    public void Hash(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Reserve(16), value);

    public void Interaction(InteractionKey value) => value.Write(Reserve(InteractionKey.Size));

    public void Identifier(IdentifierHash value) => value.Write(Reserve(IdentifierHash.Size));

    public void Count(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            Byte((byte)(rest | 0x80));
        }

        Byte((byte)rest);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        value.CopyTo(Reserve(value.Length));
    }

    public void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Count(size);
        Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    public void NullableText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Period(CalendarPeriod? value) => NullableText(value?.ToString());

    public void Texts(IReadOnlyList<string> values)
    {
        Count(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Text(values[i]);
        }
    }

    public void Times(IReadOnlyList<DateTimeOffset> values)
    {
        Count(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Time(values[i]);
        }
    }

    public void Hashes(IReadOnlyList<UInt128> values)
    {
        Count(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Hash(values[i]);
        }
    }

    public void Identifiers(IReadOnlyList<IdentifierHash> values)
    {
        Count(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Identifier(values[i]);
        }
    }

    private Span<byte> Reserve(int size)
    {
        if (_length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));
        }

        var reserved = _buffer.AsSpan(_length, size);
        _length += size;
        return reserved;
    }
}
