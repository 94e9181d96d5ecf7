using MongoDB.Bson;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Documents;

internal static class IdentifierField
{
    public static BsonValue Write(IdentifierHash identifier)
    {
        var bytes = new byte[IdentifierHash.Size];
        identifier.Write(bytes);
        return new BsonBinaryData(bytes);
    }

    public static IdentifierHash Read(BsonValue value) => IdentifierHash.Read(value.AsBsonBinaryData.Bytes);
}
