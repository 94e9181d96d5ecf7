using System.Buffers.Binary;
using System.Text;
using Tracker.DocumentDbGateway.Errors;

namespace Tracker.DocumentDbGateway.Wire;

/// <summary>Goes forward over the top level of one BSON document, without a copy. What is malformed throws out of range.</summary>
internal ref struct BsonScanner(ReadOnlySpan<byte> document)
{
    private readonly ReadOnlySpan<byte> _document = document;
    private int _position = 4;

    public byte Type { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public readonly string NameText => Encoding.UTF8.GetString(Name);

    public readonly string Text => Type == 0x02
        ? Encoding.UTF8.GetString(Value[4..^1])
        : throw new CommandException(ErrorCode.TypeMismatch, $"'{NameText}' must be a string");

    public readonly long Number => Type switch
    {
        0x10 => BinaryPrimitives.ReadInt32LittleEndian(Value),
        0x12 => BinaryPrimitives.ReadInt64LittleEndian(Value),
        0x01 => (long)BinaryPrimitives.ReadDoubleLittleEndian(Value),
        0x08 => Value[0],
        _ => throw new CommandException(ErrorCode.TypeMismatch, $"'{NameText}' must be a number"),
    };

    public readonly bool IsTrue => Type != 0x0A && Number != 0;

    public static bool TryFind(ReadOnlySpan<byte> document, ReadOnlySpan<byte> name, out BsonScanner found)
    {
        found = new BsonScanner(document);
        while (found.Next())
        {
            if (found.Name.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    public bool Next()
    {
        Type = _document[_position++];
        if (Type == 0)
        {
            return false;
        }

        var length = _document[_position..].IndexOf((byte)0);
        Name = _document.Slice(_position, length);
        _position += length + 1;
        Value = _document.Slice(_position, ValueLength(Type, _document[_position..]));
        _position += Value.Length;
        return true;
    }

    private static int ValueLength(byte type, ReadOnlySpan<byte> value) => type switch
    {
        0x01 or 0x09 or 0x11 or 0x12 => 8,
        0x10 => 4,
        0x08 => 1,
        0x06 or 0x0A or 0x7F or 0xFF => 0,
        0x07 => 12,
        0x13 => 16,
        0x02 or 0x0D or 0x0E => 4 + BinaryPrimitives.ReadInt32LittleEndian(value),
        0x05 => 5 + BinaryPrimitives.ReadInt32LittleEndian(value),
        0x03 or 0x04 or 0x0F => BinaryPrimitives.ReadInt32LittleEndian(value),
        0x0B => TwoNames(value),
        0x0C => 4 + BinaryPrimitives.ReadInt32LittleEndian(value) + 12,
        _ => throw new CommandException(ErrorCode.InvalidBSON, $"invalid BSON type 0x{type:x2}"),
    };

    private static int TwoNames(ReadOnlySpan<byte> value)
    {
        var first = value.IndexOf((byte)0) + 1;
        return first + value[first..].IndexOf((byte)0) + 1;
    }
}
