using MongoDB.Bson;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

internal sealed class ReceiptLinkCodec : DocumentCodec<ReceiptLink>
{
    public override DateTimeOffset? ExpireAt(ReceiptLink document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, ReceiptLink document)
    {
        IdentifierField.Write(written, "receipt", document.Receipt);
        document.Interaction.Write(written.Binary("interaction", InteractionKey.Size));
    }

    protected override ReceiptLink ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new(
        DocumentId.TenantOf(document["_id"].AsString),
        IdentifierField.Read(document["receipt"]),
        InteractionKey.Read(document["interaction"].AsBsonBinaryData.Bytes),
        expireAt!.Value);
}
