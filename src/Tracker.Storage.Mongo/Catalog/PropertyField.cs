using MongoDB.Bson;
using Tracker.Core.Model.Content;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Catalog;

/// <summary>An open attribute: its key, and its value as the BSON type that it is.</summary>
internal static class PropertyField
{
    public static void Write(DocumentWriter written, Property property)
    {
        written.Add("key", property.Key);
        written.Add("value", ValueOf(property));
    }

    public static Property Read(BsonValue value)
    {
        var document = value.AsBsonDocument;
        var key = document.Text("key");
        return document["value"] switch
        {
            BsonString text => new() { Key = key, Text = text.Value },
            BsonInt64 whole => new() { Key = key, Whole = whole.Value },
            BsonDouble number => new() { Key = key, Number = number.Value },
            BsonBoolean truth => new() { Key = key, Truth = truth.Value },
            BsonDateTime instant => new() { Key = key, Instant = Fields.TimeOf(instant) },
            var other => throw new InvalidOperationException($"An attribute has a value of the unknown type {other.BsonType}."),
        };
    }

    private static BsonValue ValueOf(Property property) => property switch
    {
        { Text: { } text } => text,
        { Whole: { } whole } => whole,
        { Number: { } number } => number,
        { Truth: { } truth } => truth,
        { Instant: { } instant } => Fields.Date(instant),
        _ => throw new InvalidOperationException("An attribute without a value cannot be stored."),
    };
}
