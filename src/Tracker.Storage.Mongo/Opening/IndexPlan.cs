using MongoDB.Bson;

namespace Tracker.Storage.Mongo.Opening;

/// <param name="DeletesAtEnd">The server deletes a document at the date in the one field of the index.</param>
internal sealed record IndexPlan(string Name, BsonDocument Keys, bool DeletesAtEnd = false)
{
    private const string ExpireAfterSeconds = "expireAfterSeconds";

    /// <param name="listed">As the server describes an index.</param>
    public bool IsSameAs(BsonDocument listed) =>
        listed["key"].AsBsonDocument == Keys
        && (DeletesAtEnd ? listed.TryGetValue(ExpireAfterSeconds, out var seconds) && seconds.ToInt64() == 0 : !listed.Contains(ExpireAfterSeconds));

    public BsonDocument Command()
    {
        var command = new BsonDocument { { "key", Keys }, { "name", Name } };
        if (DeletesAtEnd)
        {
            command.Add(ExpireAfterSeconds, 0);
        }

        return command;
    }
}
