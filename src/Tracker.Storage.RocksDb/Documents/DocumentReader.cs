using System.Buffers.Binary;
using System.Text;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Documents;

/// <summary>Reads what <see cref="DocumentWriter"/> wrote, in the same order.</summary>
internal ref struct DocumentReader(ReadOnlySpan<byte> document)
{
    private ReadOnlySpan<byte> _rest = document;

    /// <summary>The document was written before the fields that would follow existed.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public long Number() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public ushort Short() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Number());

    public DateTimeOffset? NullableTime() => Flag() ? Time() : null;

    /// <summary>One of a field that older documents do not have: null there.</summary>
    public DateTimeOffset? LaterTime() => IsAtEnd ? null : NullableTime();

    /// <summary>Goes past so many of <see cref="NullableTime"/>, where the document has them at all.</summary>
    /// <returns>A reader that stands before them.</returns>
    public DocumentReader PassTimes(int count)
    {
        var before = this;
        for (var i = 0; i < count && !IsAtEnd; i++)
        {
            Take(Flag() ? sizeof(long) : 0);
        }

        return before;
    }

    public Guid Guid() => new(Take(16), bigEndian: true);

    public UInt128 Hash() => BinaryPrimitives.ReadUInt128BigEndian(Take(16));

    public InteractionKey Interaction() => InteractionKey.Read(Take(InteractionKey.Size));

    public IdentifierHash Identifier() => IdentifierHash.Read(Take(IdentifierHash.Size));

    public int Count()
    {
        var value = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (int)value;
            }
        }
    }

    public byte[] Bytes() => Take(Count()).ToArray();

    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    public CalendarPeriod? Period() => NullableText() is { } text ? CalendarPeriod.Parse(text) : null;

    public string? NullableText() => Flag() ? Text() : null;

    public IReadOnlyList<string> Texts()
    {
        var count = Count();
        var values = count == 0 ? [] : new string[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Text();
        }

        return values;
    }

    public IReadOnlyList<DateTimeOffset> Times()
    {
        var count = Count();
        var values = count == 0 ? [] : new DateTimeOffset[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Time();
        }

        return values;
    }

    public IReadOnlyList<UInt128> Hashes()
    {
        var count = Count();
        var values = count == 0 ? [] : new UInt128[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Hash();
        }

        return values;
    }

    public IReadOnlyList<IdentifierHash> Identifiers()
    {
        var count = Count();
        var values = count == 0 ? [] : new IdentifierHash[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Identifier();
        }

        return values;
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        var taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }
}
