using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Keys;

internal sealed class ProfileKeysCodec : DocumentCodec<ProfileKeys>
{
    public override DateTimeOffset? ExpireAt(ProfileKeys document) => document.ExpireAt;

    protected override void WriteFields(BsonDocument written, ProfileKeys document) =>
        written.Add("keys", new BsonArray(document.Keys.Select(pair => new BsonDocument
        {
            { "class", (int)pair.Key },
            { "version", (int)pair.Value.TenantKeyVersion },
            { "wrapped", new BsonBinaryData(pair.Value.Bytes.ToArray()) },
        })));

    protected override ProfileKeys ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        var id = document["_id"].AsString;
        var keys = new SortedDictionary<RetentionClass, WrappedKey>();
        foreach (var key in document["keys"].AsBsonArray.Select(value => value.AsBsonDocument))
        {
            keys.Add((RetentionClass)key.Number("class"), new WrappedKey((byte)key.Number("version"), key.Bytes("wrapped")));
        }

        return new ProfileKeys { Tenant = DocumentId.TenantOf(id), Profile = DocumentId.ProfileOf(id), Keys = keys, ExpireAt = expireAt!.Value };
    }
}
