using MongoDB.Bson;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Counts;

internal sealed class CountCodec : DocumentCodec<CountRecord>
{
    public override DateTimeOffset? ExpireAt(CountRecord document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, CountRecord document)
    {
        written.Add("day", (int)document.Key.Day);
        written.Hash("hash", document.Key.Hash);
        written.Add("source", document.Source.Value);
        written.Add("metric", document.Metric);
        written.NullableText("store", document.StoreId);
        written.Add("channel", (int)document.Channel);
        written.Date("started_at", document.StartedAt);
        written.Date("ended_at", document.EndedAt);
        written.Add("value", document.Value);
    }

    protected override CountRecord ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = DocumentId.TenantOf(document["_id"].AsString),
        Key = new InteractionKey((ushort)document.Number("day"), document.Hash("hash")),
        Source = new SourceId(document.Text("source")),
        Metric = document.Text("metric"),
        StoreId = document.NullableText("store"),
        Channel = (Channel)document.Number("channel"),
        StartedAt = document.Time("started_at"),
        EndedAt = document.Time("ended_at"),
        Value = document["value"].AsInt64,
    };
}
