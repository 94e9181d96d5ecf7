using MongoDB.Bson;
using Tracker.DocumentDbGateway.Wire;

namespace Tracker.DocumentDbGateway.Tests.Wire;

public class BsonScannerTests
{
    [Fact]
    public void A_field_is_found_behind_values_of_every_type()
    {
        var document = new BsonDocument
        {
            { "double", 1.5 }, { "string", "text" }, { "document", new BsonDocument("a", 1) }, { "array", new BsonArray { 1, 2 } },
            { "binary", new byte[] { 1, 2, 3 } }, { "objectId", ObjectId.Empty }, { "true", true }, { "date", DateTime.UnixEpoch },
            { "null", BsonNull.Value }, { "regex", new BsonRegularExpression("a.c", "i") }, { "code", new BsonJavaScript("f()") },
            { "scoped", new BsonJavaScriptWithScope("f()", []) }, { "symbol", BsonSymbol.Create("s") }, { "int32", 32 },
            { "timestamp", new BsonTimestamp(1) }, { "int64", 64L }, { "decimal", Decimal128.MaxValue }, { "min", BsonMinKey.Value },
            { "max", BsonMaxKey.Value }, { "undefined", BsonUndefined.Value }, { "last", "found" },
        };

        Assert.True(BsonScanner.TryFind(document.ToBson(), "last"u8, out var found));
        Assert.Equal("found", found.Text);
    }

    [Fact]
    public void What_is_not_there_is_not_found_and_what_lies_deeper_neither() =>
        Assert.False(BsonScanner.TryFind(new BsonDocument("outer", new BsonDocument("inner", 1)).ToBson(), "inner"u8, out _));

    [Theory]
    [InlineData("{ n: 7 }")]
    [InlineData("{ n: NumberLong(7) }")]
    [InlineData("{ n: 7.0 }")]
    public void A_number_is_a_number_in_every_type(string json)
    {
        Assert.True(BsonScanner.TryFind(BsonDocument.Parse(json).ToBson(), "n"u8, out var found));

        Assert.Equal(7, found.Number);
    }
}
