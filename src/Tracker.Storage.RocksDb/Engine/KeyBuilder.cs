using System.Buffers.Binary;
using System.Text;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Engine;

/// <summary>Writes the bytes of a key into a caller's buffer; every number big-endian, so that bytes sort as values do.</summary>
internal ref struct KeyBuilder(Span<byte> buffer)
{
    /// <summary>Room for every key but those of notices, legal holds and of the catalogue: an alarm on a record of a tenant with 32 letters.</summary>
    public const int MaxSize = 96;

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public readonly ReadOnlySpan<byte> Key => _buffer[.._length];

    /// <returns>The first key after all that begin with the prefix; null if there is none.</returns>
    public static byte[]? EndOf(ReadOnlySpan<byte> prefix)
    {
        var last = prefix.LastIndexOfAnyExcept((byte)0xFF);
        if (last < 0)
        {
            return null;
        }

        var end = prefix[..(last + 1)].ToArray();
        end[last]++;
        return end;
    }

    public void Tenant(TenantId tenant)
    {
        _length += Encoding.UTF8.GetBytes(tenant.Value, _buffer[_length..]);
        _buffer[_length++] = 0;
    }

    public void Profile(ProfileId profile)
    {
        profile.Value.TryWriteBytes(_buffer[_length..], bigEndian: true, out var written);
        _length += written;
    }

    public void Interaction(InteractionKey key)
    {
        key.Write(_buffer[_length..]);
        _length += InteractionKey.Size;
    }

    public void Identifier(IdentifierHash identifier)
    {
        identifier.Write(_buffer[_length..]);
        _length += IdentifierHash.Size;
    }

    public void Byte(byte value) => _buffer[_length++] = value;

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer[_length..], value);
        _length += sizeof(long);
    }

    public void Hash(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(_buffer[_length..], value);
        _length += 16;
    }

    /// <summary>Later times sort first.</summary>
    public void NewestFirst(DateTimeOffset time) =>
        Number(unchecked((long)((ulong)long.MaxValue - (ulong)time.ToUnixTimeMilliseconds())));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    /// <summary>Only at the end of a key: nothing says where it ends.</summary>
    public void Text(string text) => _length += Encoding.UTF8.GetBytes(text, _buffer[_length..]);

    public void LengthPrefixed(string text)
    {
        var written = Encoding.UTF8.GetBytes(text, _buffer[(_length + sizeof(ushort))..]);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[_length..], (ushort)written);
        _length += sizeof(ushort) + written;
    }
}
