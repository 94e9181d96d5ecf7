using MongoDB.Bson;
using Tracker.Storage.Mongo.Consents;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Records;

namespace Tracker.Storage.Mongo.Opening;

/// <summary>What a collection must be like: its indexes beside that of _id, and what may be in it.</summary>
internal sealed record CollectionPlan(string Name, IReadOnlyList<IndexPlan> Indexes, BsonDocument? Validator)
{
    private static readonly BsonDocument Exists = new("$exists", true);
    private static readonly BsonDocument Absent = new("$exists", false);

    /// <param name="isExpiredByServer">Whether the server deletes what is past its end.</param>
    public static IReadOnlyList<CollectionPlan> All(bool isExpiredByServer) =>
    [
        Expiring(CollectionNames.Records, isExpiredByServer, [new("timeline", Timeline)], "owner", "occurred_at", "key", "class", "classes", "batch"),
        Expiring(CollectionNames.Controls, isExpiredByServer, [], "epoch", "created_at", "facts"),
        Expiring(CollectionNames.Contacts, isExpiredByServer, [], "version", "decision"),
        Expiring(CollectionNames.Keys, isExpiredByServer, [], "keys"),
        Expiring(CollectionNames.Identifiers, isExpiredByServer, [], "profile"),
        Expiring(CollectionNames.Contracts, isExpiredByServer, [], "reference", "profile"),
        Expiring(CollectionNames.Receipts, isExpiredByServer, [], "receipt", "interaction"),
        Expiring(CollectionNames.Consents, isExpiredByServer, [new("ledger", LedgerTable.BySequence)], "owner", "sequence", "id", "request"),
        Expiring(CollectionNames.ConsentRequests, isExpiredByServer, [], "profile", "sequence", "epoch"),
        Expiring(CollectionNames.Confirmations, isExpiredByServer, [], "profile", "sequence", "epoch"),
        Expiring(CollectionNames.Notices, isExpiredByServer, [], "id", "version", "text", "endless_uses", "used_until"),
        Expiring(CollectionNames.Policies, isExpiredByServer, [], "sha256", "document"),
        Expiring(CollectionNames.LegalHolds, isExpiredByServer, [], "id", "classes"),
        Expiring(CollectionNames.Rollouts, isExpiredByServer, [], "policy_sha256", "started_at"),
        Expiring(CollectionNames.Leases, isExpiredByServer, [], "fence", "until"),
        Expiring(CollectionNames.Counts, isExpiredByServer, [], "day", "hash", "value"),
        Expiring(CollectionNames.Catalog, isExpiredByServer, [], "kind", "id", "name"),
        new(CollectionNames.Errands, [], Validator: null),
        new(CollectionNames.KeyChecks, [], Validator: null),
        new(CollectionNames.Meta, [], Validator: null),
    ];

    private static BsonDocument Timeline => new BsonDocument(RecordFields.Owner, 1).AddRange(RecordTable.NewestFirst);

    private static CollectionPlan Expiring(string name, bool isExpiredByServer, IReadOnlyList<IndexPlan> indexes, params string[] required) => new(
        name,
        [new IndexPlan(StoredEnd.ExpireAt, new BsonDocument(StoredEnd.ExpireAt, 1), isExpiredByServer), .. indexes],
        Ending(required));

    /// <summary>
    /// An end that is one date, or holds, and never both. The schema alone cannot say "not both" to every server, and an
    /// array that contains a date passes for a date outside of it: each says what the other does not.
    /// </summary>
    private static BsonDocument Ending(string[] required)
    {
        var schema = new BsonDocument
        {
            { "bsonType", "object" },
            { "required", new BsonArray(required) },
            {
                "properties", new BsonDocument
                {
                    { StoredEnd.ExpireAt, new BsonDocument("bsonType", "date") },
                    { StoredEnd.OwnEnd, new BsonDocument("bsonType", "date") },
                    { StoredEnd.Holds, new BsonDocument { { "bsonType", "array" }, { "minItems", 1 }, { "items", new BsonDocument("bsonType", "string") } } },
                }
            },
        };
        var ends = new BsonDocument { { StoredEnd.ExpireAt, Exists }, { StoredEnd.Holds, Absent }, { StoredEnd.OwnEnd, Absent } };
        var isHeld = new BsonDocument { { StoredEnd.ExpireAt, Absent }, { StoredEnd.Holds, Exists } };
        return new BsonDocument("$and", new BsonArray { new BsonDocument("$jsonSchema", schema), new BsonDocument("$or", new BsonArray { ends, isHeld }) });
    }
}
