using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class RolloutCodec : DocumentCodec<Rollout>
{
    public override DateTimeOffset? ExpireAt(Rollout document) => document.ExpireAt;

    protected override void WriteFields(BsonDocument written, Rollout document)
    {
        written.Add("policy_sha256", new BsonBinaryData(document.PolicySha256.ToArray()));
        written.Add("started_at", Fields.Date(document.StartedAt));
        if (document.After is { } after)
        {
            written.Add("after", Fields.Id(after.Value));
        }

        written.Time("finished_at", document.FinishedAt);
        written.Time("next_at", document.NextAt);
        written.Time("products_decided_before", document.ProductsDecidedBefore);
        written.Add("version", document.Version);
    }

    protected override Rollout ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new(
        new TenantId(document["_id"].AsString),
        document.Bytes("policy_sha256"),
        document.Time("started_at"),
        document.Contains("after") ? new ProfileId(document.Guid("after")) : null,
        document.NullableTime("finished_at"),
        expireAt!.Value)
    {
        NextAt = document.NullableTime("next_at"),
        ProductsDecidedBefore = document.NullableTime("products_decided_before"),
        Version = document.TryGetValue("version", out var version) ? version.AsInt64 : 0,
    };
}
