using MongoDB.Bson;
using Tracker.Core.Policies;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Policies;

internal sealed class PolicyVersionCodec : DocumentCodec<PolicyVersion>
{
    public override DateTimeOffset? ExpireAt(PolicyVersion document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, PolicyVersion document)
    {
        written.Add("version", document.Version);
        written.Binary("sha256", document.Sha256.Span);
        written.Binary("document", document.Document.Span);
        written.Date("first_used_at", document.FirstUsedAt);
        written.List("resumed_at", document.ResumedAt, static (list, place, time) => list.Date(place, time));
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
