using MongoDB.Bson;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Consents;

internal sealed class ConsentCodec : DocumentCodec<ConsentEntry>
{
    public override DateTimeOffset? ExpireAt(ConsentEntry document) => document.ExpireAt;

    public override IReadOnlyList<string> Holds(ConsentEntry document) => document.Holds;

    protected override void WriteFields(DocumentWriter written, ConsentEntry document)
    {
        written.Add("owner", DocumentId.Of(document.Tenant, document.Profile));
        written.Add("sequence", document.Sequence);
        written.Id("id", document.Id.Value);
        written.Add("source", document.Source.Value);
        written.Hash("request", document.RequestHash);
        written.Number("kind", (int)document.Kind);
        written.Number("purpose", (int)document.Purpose);
        written.Numbers("contact_channels", document.ContactChannels, channel => (int)channel);
        written.Numbers("act_channels", document.ActChannels, channel => (int)channel);
        written.List("addresses", document.Addresses, IdentifierField.Write);
        written.NullableText("retention_term", document.RetentionTerm?.ToString());
        written.Flag("earlier_visits", document.LinksEarlierVisits);
        written.Number("age_of_consent", document.AgeOfConsent);
        written.Number("state", (int)document.State);
        written.Date("effective_at", document.EffectiveAt);
        written.Date("recorded_at", document.RecordedAt);
        written.Time("stated_at", document.StatedAt);
        written.Time("at_latest", document.AtLatest);
        written.Time("valid_until", document.ValidUntil);
        written.Text("recipient", document.Recipient);
        written.Text("controller", document.Controller);
        written.Number("actor", (int)document.Actor);
        written.Text("authority", document.AuthorityReference);
        written.Flag("explicit", document.IsExplicit);
        written.Flag("offline", document.IsOffline);
        if (document.RefersTo is { } other)
        {
            written.Id("refers_to", other.Value);
        }

        written.Time("confirm_by", document.ConfirmBy);
        written.Time("listed_since", document.ListedSince);
        written.Number("channel", (int)document.Channel);
        written.Text("purpose_text", document.PurposeText);
        written.Number("end_reason", (int)document.EndReason);
        EvidenceFields.Write(written, document);
    }

    protected override ConsentEntry ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds)
    {
        var owner = document.Text("owner");
        var entry = new ConsentEntry
        {
            ExpireAt = expireAt,
            Holds = holds,
            Tenant = DocumentId.TenantOf(owner),
            Profile = DocumentId.ProfileOf(owner),
            Sequence = document["sequence"].AsInt64,
            Id = new ConsentId(document.Guid("id")),
            Source = new SourceId(document.Text("source")),
            RequestHash = document.Hash("request"),
            Kind = (LedgerKind)document.Number("kind"),
            Purpose = (Purpose)document.Number("purpose"),
            ContactChannels = document.List("contact_channels", value => (ContactChannel)value.AsInt32),
            ActChannels = document.List("act_channels", value => (ContactChannel)value.AsInt32),
            Addresses = document.List("addresses", IdentifierField.Read),
            RetentionTerm = document.NullableText("retention_term") is { } term ? CalendarPeriod.Parse(term) : null,
            LinksEarlierVisits = document.Flag("earlier_visits"),
            AgeOfConsent = document.Number("age_of_consent"),
            State = (ConsentState)document.Number("state"),
            EffectiveAt = document.Time("effective_at"),
            RecordedAt = document.Time("recorded_at"),
            StatedAt = document.NullableTime("stated_at"),
            AtLatest = document.NullableTime("at_latest"),
            ValidUntil = document.NullableTime("valid_until"),
            Recipient = document.Text("recipient"),
            Controller = document.Text("controller"),
            Actor = (DecisionActor)document.Number("actor"),
            AuthorityReference = document.Text("authority"),
            IsExplicit = document.Flag("explicit"),
            IsOffline = document.Flag("offline"),
            RefersTo = document.Contains("refers_to") ? new ConsentId(document.Guid("refers_to")) : null,
            ConfirmBy = document.NullableTime("confirm_by"),
            ListedSince = document.NullableTime("listed_since"),
            Channel = (Channel)document.Number("channel"),
            PurposeText = document.Text("purpose_text"),
            EndReason = (EndReason)document.Number("end_reason"),
        };
        return EvidenceFields.Read(document, entry);
    }
}
