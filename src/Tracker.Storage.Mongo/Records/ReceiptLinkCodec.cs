using MongoDB.Bson;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

internal sealed class ReceiptLinkCodec : DocumentCodec<ReceiptLink>
{
    public override DateTimeOffset? ExpireAt(ReceiptLink document) => document.ExpireAt;

    protected override void WriteFields(BsonDocument written, ReceiptLink document)
    {
        var interaction = new byte[InteractionKey.Size];
        document.Interaction.Write(interaction);
        written.Add("receipt", IdentifierField.Write(document.Receipt));
        written.Add("interaction", new BsonBinaryData(interaction));
    }

    protected override ReceiptLink ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new(
        DocumentId.TenantOf(document["_id"].AsString),
        IdentifierField.Read(document["receipt"]),
        InteractionKey.Read(document["interaction"].AsBsonBinaryData.Bytes),
        expireAt!.Value);
}
