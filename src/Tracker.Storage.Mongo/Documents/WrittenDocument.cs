using MongoDB.Bson;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>A document as it goes to the server.</summary>
internal sealed record WrittenDocument(BsonValue Id, RawBsonDocument Body);
