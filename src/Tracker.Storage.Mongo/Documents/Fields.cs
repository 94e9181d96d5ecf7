using System.Buffers.Binary;
using MongoDB.Bson;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>Fields by name: what is empty is left out, times are BSON dates of whole milliseconds, hashes are big-endian bytes.</summary>
internal static class Fields
{
    public static BsonDateTime Date(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    public static BsonBinaryData Hash(UInt128 value)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return new BsonBinaryData(bytes);
    }

    public static BsonBinaryData Id(Guid value) => new(value, GuidRepresentation.Standard);

    public static void Text(this BsonDocument document, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            document.Add(name, value);
        }
    }

    /// <summary>Where null and empty are told apart.</summary>
    public static void NullableText(this BsonDocument document, string name, string? value)
    {
        if (value is not null)
        {
            document.Add(name, value);
        }
    }

    public static void Time(this BsonDocument document, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            document.Add(name, Date(time));
        }
    }

    public static void Number(this BsonDocument document, string name, int value)
    {
        if (value != 0)
        {
            document.Add(name, value);
        }
    }

    public static void Flag(this BsonDocument document, string name, bool value)
    {
        if (value)
        {
            document.Add(name, value);
        }
    }

    public static void Bytes(this BsonDocument document, string name, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            document.Add(name, new BsonBinaryData(value.ToArray()));
        }
    }

    public static void List<T>(this BsonDocument document, string name, IReadOnlyList<T> values, Func<T, BsonValue> write)
    {
        if (values.Count > 0)
        {
            document.Add(name, new BsonArray(values.Select(write)));
        }
    }

    public static void Texts(this BsonDocument document, string name, IReadOnlyList<string> values) => document.List(name, values, value => value);

    public static string Text(this BsonDocument document, string name) => document.NullableText(name) ?? "";

    public static string? NullableText(this BsonDocument document, string name) => document.TryGetValue(name, out var value) ? value.AsString : null;

    public static DateTimeOffset Time(this BsonDocument document, string name) => TimeOf(document[name]);

    public static DateTimeOffset? NullableTime(this BsonDocument document, string name) =>
        document.TryGetValue(name, out var value) && value is BsonDateTime ? TimeOf(value) : null;

    public static DateTimeOffset TimeOf(BsonValue value) => DateTimeOffset.FromUnixTimeMilliseconds(value.AsBsonDateTime.MillisecondsSinceEpoch);

    public static int Number(this BsonDocument document, string name) => document.TryGetValue(name, out var value) ? value.ToInt32() : 0;

    public static bool Flag(this BsonDocument document, string name) => document.TryGetValue(name, out var value) && value.AsBoolean;

    public static byte[] Bytes(this BsonDocument document, string name) => document.TryGetValue(name, out var value) ? value.AsBsonBinaryData.Bytes : [];

    public static Guid Guid(this BsonDocument document, string name) => GuidOf(document[name]);

    public static Guid GuidOf(BsonValue value) => value.AsBsonBinaryData.ToGuid(GuidRepresentation.Standard);

    public static UInt128 Hash(this BsonDocument document, string name) => HashOf(document[name]);

    public static UInt128 HashOf(BsonValue value) => BinaryPrimitives.ReadUInt128BigEndian(value.AsBsonBinaryData.Bytes);

    public static T[] List<T>(this BsonDocument document, string name, Func<BsonValue, T> read) =>
        document.TryGetValue(name, out var value) ? [.. value.AsBsonArray.Select(read)] : [];

    public static string[] Texts(this BsonDocument document, string name) => document.List(name, value => value.AsString);
}
