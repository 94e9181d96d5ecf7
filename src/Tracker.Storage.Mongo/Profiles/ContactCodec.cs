using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Profiles;

internal sealed class ContactCodec : DocumentCodec<ContactDocument>
{
    public override DateTimeOffset? ExpireAt(ContactDocument document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(ContactDocument document) => document.Holds;

    protected override void WriteFields(DocumentWriter written, ContactDocument document)
    {
        written.Add("version", document.Version);
        written.Document("decision", document.Decision, DecisionFields.Write);
        written.Documents("grants", document.Grants, DecisionFields.WriteGrant);
        written.Date("last_interaction_at", document.LastInteractionAt);
        written.Bytes("payload", document.Payload);
    }

    protected override ContactDocument ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        var id = document["_id"].AsString;
        return new ContactDocument
        {
            ExpireAt = expireAt,
            Holds = holds,
            Tenant = DocumentId.TenantOf(id),
            Profile = DocumentId.ProfileOf(id),
            Version = document["version"].AsInt64,
            Decision = DecisionFields.Read(document["decision"].AsBsonDocument),
            Grants = document.List("grants", DecisionFields.ReadGrant),
            LastInteractionAt = document.Time("last_interaction_at"),
            Payload = document.Bytes("payload"),
        };
    }
}
