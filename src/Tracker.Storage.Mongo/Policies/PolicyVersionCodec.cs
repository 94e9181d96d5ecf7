using MongoDB.Bson;
using Tracker.Core.Policies;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Policies;

internal sealed class PolicyVersionCodec : DocumentCodec<PolicyVersion>
{
    public override DateTimeOffset? ExpireAt(PolicyVersion document) => document.ExpireAt;

    protected override void WriteFields(BsonDocument written, PolicyVersion document)
    {
        written.Add("version", document.Version);
        written.Add("sha256", new BsonBinaryData(document.Sha256.ToArray()));
        written.Add("document", new BsonBinaryData(document.Document.ToArray()));
        written.Add("first_used_at", Fields.Date(document.FirstUsedAt));
        written.List("resumed_at", document.ResumedAt, time => Fields.Date(time));
    }

    protected override PolicyVersion ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new(
        DocumentId.TenantOf(document["_id"].AsString),
        document.Text("version"),
        document.Bytes("sha256"),
        document.Bytes("document"),
        document.Time("first_used_at"),
        expireAt!.Value)
    {
        ResumedAt = document.List("resumed_at", Fields.TimeOf),
    };
}
