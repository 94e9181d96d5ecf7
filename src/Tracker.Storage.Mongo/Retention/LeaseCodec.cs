using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class LeaseCodec : DocumentCodec<Lease>
{
    public const string Fence = "fence";

    public override DateTimeOffset? ExpireAt(Lease document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, Lease document)
    {
        written.Text("holder", document.Holder);
        written.Add(Fence, document.Fence);
        written.Date("until", document.Until);
    }

    protected override Lease ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new(
        EnumNames<BackgroundWork>.TryParse(document["_id"].AsString, out var work) ? work : throw new InvalidOperationException("A lease is of no known work."),
        document.NullableText("holder"),
        document[Fence].AsInt64,
        document.Time("until"));
}
