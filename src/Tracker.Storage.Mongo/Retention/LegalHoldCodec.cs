using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Retention;

internal sealed class LegalHoldCodec : DocumentCodec<LegalHold>
{
    public override DateTimeOffset? ExpireAt(LegalHold document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(LegalHold document) => document.ExpireAt is null ? [document.Id] : [];

    protected override void WriteFields(DocumentWriter written, LegalHold document)
    {
        written.Add("id", document.Id);
        written.Add("kind", (int)document.Kind);
        written.List("profiles", document.Profiles, static (list, place, profile) => list.Id(place, profile.Value));
        written.Add("classes", (int)document.Classes.Bits);
        written.Add("approved_by", document.ApprovedBy);
        written.Date("review_at", document.ReviewAt);
        written.Date("placed_at", document.PlacedAt);
        written.Time("released_at", document.ReleasedAt);
    }

    protected override LegalHold ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new()
    {
        ExpireAt = expireAt,
        Tenant = DocumentId.TenantOf(document["_id"].AsString),
        Id = document.Text("id"),
        Kind = (HoldKind)document.Number("kind"),
        Profiles = document.List("profiles", value => new ProfileId(value.AsBsonBinaryData.ToGuid(GuidRepresentation.Standard))),
        Classes = new RetentionClasses((ushort)document.Number("classes")),
        ApprovedBy = document.Text("approved_by"),
        ReviewAt = document.Time("review_at"),
        PlacedAt = document.Time("placed_at"),
        ReleasedAt = document.NullableTime("released_at"),
    };
}
