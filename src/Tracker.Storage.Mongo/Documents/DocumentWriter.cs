using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MongoDB.Bson;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>
/// One document on its way to the server, field by field as the bytes of BSON (bsonspec.org 1.1): a tree of values would be built
/// only to be walked once. Names are ASCII and of this program. <c>Add</c> and what is named by its type writes in any case, all
/// else leaves out what is empty; times are dates of whole milliseconds, hashes big-endian bytes.
/// </summary>
internal sealed class DocumentWriter : IDisposable
{
    private const int Usual = 1_024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] Places = [.. Enumerable.Range(0, 64).Select(NameOf)];

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Usual);
    private int _length;

    public DocumentWriter() => Begin();

    private enum Type : byte
    {
        Text = 0x02,
        Document = 0x03,
        Array = 0x04,
        Binary = 0x05,
        Boolean = 0x08,
        Date = 0x09,
        Int32 = 0x10,
        Int64 = 0x12,
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    /// <returns>All that was written; nothing may be written any more.</returns>
    public RawBsonDocument ToDocument()
    {
        End(0);
        return new(_bytes.AsSpan(0, _length).ToArray());
    }

    public void Add(string name, string value)
    {
        Name(Type.Text, name);
        var size = Strict.GetByteCount(value);
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), size + 1);
        Strict.GetBytes(value, Room(size));
        Room(1)[0] = 0;
    }

    public void Add(string name, int value)
    {
        Name(Type.Int32, name);
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);
    }

    public void Add(string name, long value)
    {
        Name(Type.Int64, name);
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
    }

    public void Add(string name, bool value)
    {
        Name(Type.Boolean, name);
        Room(1)[0] = value ? (byte)1 : (byte)0;
    }

    /// <summary>A value of any other kind: as an element of a document of its own it has the same bytes.</summary>
    public void Add(string name, BsonValue value)
    {
        if (value is BsonString text)
        {
            Add(name, text.Value);
            return;
        }

        var alone = new BsonDocument(name, value).ToBson().AsSpan(sizeof(int)..^1);
        alone.CopyTo(Room(alone.Length));
    }

    public void Date(string name, DateTimeOffset value)
    {
        Name(Type.Date, name);
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value.ToUnixTimeMilliseconds());
    }

    public void Id(string name, Guid value) => value.TryWriteBytes(Binary(name, BsonBinarySubType.UuidStandard, 16), bigEndian: true, out _);

    public void Hash(string name, UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Binary(name, BsonBinarySubType.Binary, 16), value);

    /// <returns>Where they go.</returns>
    public Span<byte> Binary(string name, int size) => Binary(name, BsonBinarySubType.Binary, size);

    public void Binary(string name, ReadOnlySpan<byte> value) => value.CopyTo(Binary(name, value.Length));

    public void Document<T>(string name, T value, Action<DocumentWriter, T> write)
    {
        Name(Type.Document, name);
        var start = Begin();
        write(this, value);
        End(start);
    }

    public void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Add(name, value);
        }
    }

    /// <summary>Where null and empty are told apart.</summary>
    public void NullableText(string name, string? value)
    {
        if (value is not null)
        {
            Add(name, value);
        }
    }

    public void Time(string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            Date(name, time);
        }
    }

    public void Number(string name, int value)
    {
        if (value != 0)
        {
            Add(name, value);
        }
    }

    public void Flag(string name, bool value)
    {
        if (value)
        {
            Add(name, value);
        }
    }

    public void Bytes(string name, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            Binary(name, value.Span);
        }
    }

    /// <param name="write">Writes one of them under the name of its place.</param>
    public void List<T>(string name, IReadOnlyList<T> values, Action<DocumentWriter, string, T> write)
    {
        if (values.Count == 0)
        {
            return;
        }

        Name(Type.Array, name);
        var start = Begin();
        for (var place = 0; place < values.Count; place++)
        {
            write(this, place < Places.Length ? Places[place] : NameOf(place), values[place]);
        }

        End(start);
    }

    public void Texts(string name, IReadOnlyList<string> values) => List(name, values, static (list, place, value) => list.Add(place, value));

    /// <summary>As numbers, each in any case.</summary>
    public void Numbers<T>(string name, IReadOnlyList<T> values, Func<T, int> numberOf) =>
        List(name, values, (list, place, value) => list.Add(place, numberOf(value)));

    public void Documents<T>(string name, IReadOnlyList<T> values, Action<DocumentWriter, T> write) =>
        List(name, values, (list, place, value) => list.Document(place, value, write));

    private static string NameOf(int place) => place.ToString(CultureInfo.InvariantCulture);

    private Span<byte> Binary(string name, BsonBinarySubType kind, int size)
    {
        Name(Type.Binary, name);
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), size);
        Room(1)[0] = (byte)kind;
        return Room(size);
    }

    private void Name(Type type, string name)
    {
        var element = Room(name.Length + 2);
        element[0] = (byte)type;
        Encoding.ASCII.GetBytes(name, element[1..]);
        element[^1] = 0;
    }

    private int Begin()
    {
        var start = _length;
        Room(sizeof(int));
        return start;
    }

    private void End(int start)
    {
        Room(1)[0] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start), _length - start);
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, _length + size));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var room = _bytes.AsSpan(_length, size);
        _length += size;
        return room;
    }
}
