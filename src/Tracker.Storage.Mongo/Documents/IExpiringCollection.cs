using MongoDB.Bson;
using MongoDB.Driver;
using Tracker.Core.Retention;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>What the sweeper needs to know of a collection.</summary>
internal interface IExpiringCollection
{
    ExpiredKind? Kind { get; }

    IMongoCollection<BsonDocument> Collection { get; }
}
