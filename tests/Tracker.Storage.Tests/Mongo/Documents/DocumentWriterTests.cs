using CsCheck;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Tests.Mongo.Documents;

public sealed class DocumentWriterTests
{
    private static readonly Gen<BsonValue> Value = Gen.OneOf<BsonValue>(
        Gen.String.Select(text => (BsonValue)text),
        Gen.Int.Select(number => (BsonValue)number),
        Gen.Long.Select(number => (BsonValue)number),
        Gen.Bool.Select(truth => (BsonValue)truth),
        Gen.Double.Select(number => (BsonValue)number),
        Gen.Decimal.Select(number => (BsonValue)new BsonDecimal128(number)),
        Gen.Byte.Array[0, 40].Select(bytes => (BsonValue)new BsonBinaryData(bytes)),
        Gen.Guid.Select(id => (BsonValue)Fields.Id(id)),
        Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Select(time => (BsonValue)new BsonDateTime(time)));

    private static readonly Gen<BsonDocument> Flat = Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 12], Value)
        .Array[0, 20]
        .Select(fields => new BsonDocument(fields.DistinctBy(field => field.Item1).Select(field => new BsonElement(field.Item1, field.Item2))));

    [Fact]
    public void It_writes_the_very_bytes_of_the_driver() => Gen.Select(Flat, Flat.Array[0, 70], Flat).Sample((first, list, last) =>
    {
        var document = new BsonDocument { { "text", "" }, { "first", first }, { "last", last } };
        if (list.Length > 0)
        {
            document.Add("list", new BsonArray(list));
        }

        using var written = new DocumentWriter();
        written.Add("text", "");
        written.Document("first", first, Write);
        written.Document("last", last, Write);
        written.Documents("list", list, Write);

        Assert.Equal(document.ToBson(), written.ToDocument().ToBson());
    });

    [Fact]
    public void What_is_empty_is_left_out_but_where_it_is_added()
    {
        using var written = new DocumentWriter();
        written.Text("text", "");
        written.NullableText("null", null);
        written.Time("time", null);
        written.Number("zero", 0);
        written.Flag("false", value: false);
        written.Bytes("bytes", default);
        written.Texts("texts", []);
        written.NullableText("empty", "");
        written.Add("number", 0);

        Assert.Equal(new BsonDocument { { "empty", "" }, { "number", 0 } }, Read(written));
    }

    [Fact]
    public void Text_that_is_no_unicode_is_refused_and_not_changed()
    {
        using var written = new DocumentWriter();

        Assert.Throws<System.Text.EncoderFallbackException>(() => written.Add("text", "a\ud800"));
    }

    private static void Write(DocumentWriter written, BsonDocument fields)
    {
        foreach (var field in fields)
        {
            Write(written, field.Name, field.Value);
        }
    }

    private static void Write(DocumentWriter written, string name, BsonValue value)
    {
        switch (value)
        {
            case BsonInt32 number:
                written.Add(name, number.Value);
                break;
            case BsonInt64 number:
                written.Add(name, number.Value);
                break;
            case BsonBoolean truth:
                written.Add(name, truth.Value);
                break;
            case BsonDateTime time when time.MillisecondsSinceEpoch % 2 == 0:
                written.Date(name, DateTimeOffset.FromUnixTimeMilliseconds(time.MillisecondsSinceEpoch));
                break;
            case BsonBinaryData { SubType: BsonBinarySubType.UuidStandard } id:
                written.Id(name, id.ToGuid());
                break;
            case BsonBinaryData bytes:
                written.Binary(name, bytes.Bytes);
                break;
            default:
                written.Add(name, value);
                break;
        }
    }

    private static BsonDocument Read(DocumentWriter written) => BsonSerializer.Deserialize<BsonDocument>(written.ToDocument().ToBson());
}
