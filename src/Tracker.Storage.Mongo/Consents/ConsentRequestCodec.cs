using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Consents;

internal sealed class ConsentRequestCodec : DocumentCodec<ConsentRequest>
{
    public override DateTimeOffset? ExpireAt(ConsentRequest document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, ConsentRequest document)
    {
        written.Id("profile", document.Profile.Value);
        written.Add("sequence", document.Sequence);
        written.Add("epoch", document.ConsentEpoch);
    }

    protected override ConsentRequest ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) =>
        new(new ProfileId(document.Guid("profile")), document["sequence"].AsInt64, document["epoch"].AsInt64, expireAt!.Value);
}
