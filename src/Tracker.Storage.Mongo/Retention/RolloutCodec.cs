using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class RolloutCodec : DocumentCodec<Rollout>
{
    public override DateTimeOffset? ExpireAt(Rollout document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, Rollout document)
    {
        written.Binary("policy_sha256", document.PolicySha256.Span);
        written.Date("started_at", document.StartedAt);
        if (document.After is { } after)
        {
            written.Id("after", after.Value);
        }

        written.Time("finished_at", document.FinishedAt);
        written.Time("next_at", document.NextAt);
        written.Time("products_decided_before", document.ProductsDecidedBefore);
        written.Add("version", document.Version);
        written.Flag("has_visited_profiles", document.HasVisitedProfiles);
        if (document.AfterUnowned is { } record)
        {
            written.Document("after_unowned", record, WriteAddress);
        }
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
        HasVisitedProfiles = document.Contains("has_visited_profiles"),
        AfterUnowned = document.TryGetValue("after_unowned", out var record) ? ReadAddress(record.AsBsonDocument) : null,
    };

    private static void WriteAddress(DocumentWriter written, RecordAddress record)
    {
        written.Date("occurred_at", record.OccurredAt);
        record.Key.Write(written.Binary("key", InteractionKey.Size));
        written.Add("class", (int)record.Class);
    }

    private static RecordAddress ReadAddress(BsonDocument written) =>
        new(written.Time("occurred_at"), InteractionKey.Read(written["key"].AsBsonBinaryData.Bytes), (RetentionClass)written["class"].AsInt32);
}
