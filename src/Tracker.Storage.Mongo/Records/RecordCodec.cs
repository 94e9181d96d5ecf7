using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Records;

internal sealed class RecordCodec : DocumentCodec<InteractionRecord>
{
    public override DateTimeOffset? ExpireAt(InteractionRecord document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(InteractionRecord document) => document.Holds;

    public static BsonBinaryData KeyOf(InteractionKey interaction)
    {
        var bytes = new byte[InteractionKey.Size];
        interaction.Write(bytes);
        return new BsonBinaryData(bytes);
    }

    protected override void WriteFields(DocumentWriter written, InteractionRecord document)
    {
        written.Add(RecordFields.Owner, DocumentId.Of(document.Tenant, document.Profile));
        written.Date(RecordFields.OccurredAt, document.OccurredAt);
        document.Key.Write(written.Binary(RecordFields.Key, InteractionKey.Size));
        written.Add(RecordFields.Class, (int)document.Class);
        written.Add(RecordFields.Classes, (int)document.Classes.Bits);
        written.Id(RecordFields.Batch, document.Batch.Value);
        written.Add("source", document.Source.Value);
        written.Add("type", document.Type);
        written.Add("channel", (int)document.Channel);
        written.Date("received_at", document.ReceivedAt);
        written.Number("initiator", (int)document.Initiator);
        written.List("identifiers", document.Identifiers, IdentifierField.Write);
        if (document.OrderReference is { } order)
        {
            written.Hash("order", order);
        }

        written.List("contracts", document.ContractReferences, static (list, place, reference) => list.Hash(place, reference));
        written.Document("decision", document.Decision, DecisionFields.Write);
        written.Documents("grants", document.Grants, DecisionFields.WriteGrant);
        written.Flag("restricted", document.IsRestricted);
        written.Bytes("payload", document.Payload);
    }

    protected override InteractionRecord ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        var owner = document.Text(RecordFields.Owner);
        return new InteractionRecord
        {
            ExpireAt = expireAt,
            Holds = holds,
            Tenant = DocumentId.TenantOf(owner),
            Profile = DocumentId.ProfileOf(owner),
            Key = InteractionKey.Read(document.Bytes(RecordFields.Key)),
            Class = (RetentionClass)document.Number(RecordFields.Class),
            Classes = new RetentionClasses((ushort)document.Number(RecordFields.Classes)),
            Batch = new BatchId(document.Guid(RecordFields.Batch)),
            Source = new SourceId(document.Text("source")),
            Type = document.Text("type"),
            Channel = (Channel)document.Number("channel"),
            OccurredAt = document.Time(RecordFields.OccurredAt),
            ReceivedAt = document.Time("received_at"),
            Initiator = (Initiator)document.Number("initiator"),
            Identifiers = document.List("identifiers", IdentifierField.Read),
            OrderReference = document.Contains("order") ? document.Hash("order") : null,
            ContractReferences = document.List("contracts", Fields.HashOf),
            Decision = DecisionFields.Read(document["decision"].AsBsonDocument),
            Grants = document.List("grants", DecisionFields.ReadGrant),
            IsRestricted = document.Flag("restricted"),
            Payload = document.Bytes("payload"),
        };
    }
}
