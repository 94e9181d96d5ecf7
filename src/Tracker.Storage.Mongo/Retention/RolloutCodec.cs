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
        written.Flag("has_visited_profiles", document.HasVisitedProfiles);
        if (document.AfterUnowned is { } record)
        {
            written.Add("after_unowned", WriteAddress(record));
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

    private static BsonDocument WriteAddress(RecordAddress record)
    {
        var key = new byte[InteractionKey.Size];
        record.Key.Write(key);
        return new() { { "occurred_at", Fields.Date(record.OccurredAt) }, { "key", new BsonBinaryData(key) }, { "class", (int)record.Class } };
    }

    private static RecordAddress ReadAddress(BsonDocument written) =>
        new(written.Time("occurred_at"), InteractionKey.Read(written["key"].AsBsonBinaryData.Bytes), (RetentionClass)written["class"].AsInt32);
}
