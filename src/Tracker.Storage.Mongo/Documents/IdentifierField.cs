using MongoDB.Bson;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Documents;

internal static class IdentifierField
{
    public static void Write(DocumentWriter written, string name, IdentifierHash identifier) =>
        identifier.Write(written.Binary(name, IdentifierHash.Size));

    public static IdentifierHash Read(BsonValue value) => IdentifierHash.Read(value.AsBsonBinaryData.Bytes);
}
