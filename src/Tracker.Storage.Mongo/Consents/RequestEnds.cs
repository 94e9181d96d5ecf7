using MongoDB.Bson;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>A request ends with the entry that answered it; one that has found another entry meanwhile is left alone.</summary>
internal static class RequestEnds
{
    public static void Move(StoreTables tables, WriteSession session, ConsentEntry entry)
    {
        var request = new BsonDocument
        {
            { "_id", DocumentId.Of(entry.Tenant, entry.RequestHash) },
            { "profile", Fields.Id(entry.Profile.Value) },
            { "sequence", entry.Sequence },
        };
        var end = Fields.Date(Holding.Later(DateTimeOffset.MinValue, entry.ExpireAt));
        session.Update(tables.ConsentRequests.Collection, request, new BsonDocument("$set", new BsonDocument(StoredEnd.ExpireAt, end)));
    }
}
