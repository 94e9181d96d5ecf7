using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

internal sealed class ControlCodec : DocumentCodec<Control>
{
    /// <summary>Changes with every write, so that two transactions on one person always meet.</summary>
    public const string Turn = "turn";

    public override DateTimeOffset? ExpireAt(Control document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, Control document)
    {
        written.Add("epoch", document.ConsentEpoch);
        written.Date("created_at", document.CreatedAt);
        written.Time("last_interaction_at", document.LastInteractionAt);
        written.List("identifiers", document.Identifiers, IdentifierField.Write);
        written.List("lapses", document.Lapses, static (list, place, lapse) => list.Date(place, lapse));
        written.Bytes("sealed_age", document.SealedAge);
        written.Documents("legal_holds", document.Holds, WriteHold);
        written.Flag("restricted", document.IsRestricted);
        if (document.PersonEpoch > 0)
        {
            written.Add("person_epoch", document.PersonEpoch);
        }

        written.List("members", document.Members, static (list, place, member) => list.Id(place, member.Value));
        written.Documents("links", document.Links, ProfileLinkField.Write);
        written.Document("facts", document.Facts, FactFields.Write);
        // To replace a document by itself is no write to MongoDB: the transaction would not meet the withdrawal beside it.
        written.Id(Turn, Guid.CreateVersion7());
    }

    protected override Control ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        var id = document["_id"].AsString;
        return new Control
        {
            ExpireAt = expireAt!.Value,
            Tenant = DocumentId.TenantOf(id),
            Profile = DocumentId.ProfileOf(id),
            ConsentEpoch = document["epoch"].AsInt64,
            PersonEpoch = document.GetValue("person_epoch", 0L).ToInt64(),
            Members = document.List("members", value => new ProfileId(Fields.GuidOf(value))),
            Links = document.List("links", value => ProfileLinkField.Read(value.AsBsonDocument)),
            CreatedAt = document.Time("created_at"),
            LastInteractionAt = document.NullableTime("last_interaction_at"),
            Identifiers = document.List("identifiers", IdentifierField.Read),
            Lapses = document.List("lapses", Fields.TimeOf),
            SealedAge = document.Bytes("sealed_age"),
            Holds = document.List("legal_holds", value => ReadHold(value.AsBsonDocument)),
            IsRestricted = document.Flag("restricted"),
            Facts = FactFields.Read(document["facts"].AsBsonDocument),
        };
    }

    private static void WriteHold(DocumentWriter written, ProfileHold hold)
    {
        written.Add("id", hold.Id);
        written.Add("classes", (int)hold.Classes.Bits);
    }

    private static ProfileHold ReadHold(BsonDocument hold) => new(hold.Text("id"), new RetentionClasses((ushort)hold.Number("classes")));
}
