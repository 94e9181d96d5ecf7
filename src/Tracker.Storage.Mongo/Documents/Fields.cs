using System.Buffers.Binary;
using MongoDB.Bson;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>What <see cref="DocumentWriter"/> has written, read field by field; and values of questions.</summary>
internal static class Fields
{
    public static BsonDateTime Date(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    public static BsonBinaryData Id(Guid value) => new(value, GuidRepresentation.Standard);

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
