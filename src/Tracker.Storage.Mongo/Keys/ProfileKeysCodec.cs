using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Keys;

internal sealed class ProfileKeysCodec : DocumentCodec<ProfileKeys>
{
    public override DateTimeOffset? ExpireAt(ProfileKeys document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, ProfileKeys document) =>
        written.Documents("keys", [.. document.Keys], WriteKey);

    protected override ProfileKeys ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        var id = document["_id"].AsString;
        var keys = new SortedDictionary<RetentionClass, WrappedKey>();
        foreach (var key in document.List("keys", value => value.AsBsonDocument))
        {
            keys.Add((RetentionClass)key.Number("class"), new WrappedKey((byte)key.Number("version"), key.Bytes("wrapped")));
        }

        return new ProfileKeys { Tenant = DocumentId.TenantOf(id), Profile = DocumentId.ProfileOf(id), Keys = keys, ExpireAt = expireAt!.Value };
    }

    private static void WriteKey(DocumentWriter written, KeyValuePair<RetentionClass, WrappedKey> key)
    {
        written.Add("class", (int)key.Key);
        written.Add("version", (int)key.Value.TenantKeyVersion);
        written.Binary("wrapped", key.Value.Bytes.Span);
    }
}
