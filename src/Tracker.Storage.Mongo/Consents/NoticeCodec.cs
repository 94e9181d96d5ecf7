using MongoDB.Bson;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Consents;

internal sealed class NoticeCodec : DocumentCodec<Notice>
{
    public override DateTimeOffset? ExpireAt(Notice document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, Notice document)
    {
        NoticeUseFields.Write(written, new NoticeUse(0, document.ExpireAt));
        written.Add("id", document.Id);
        written.Add("version", document.Version);
        written.Add("text", document.Text);
        written.Add("sha256", document.Sha256);
        written.Add("language", document.Language);
        written.Date("effective_at", document.EffectiveAt);
        written.Number("medium", (int)document.Medium);
        written.Numbers("purposes", document.Purposes, purpose => (int)purpose);
        written.Date("registered_at", document.RegisteredAt);
        written.Document("scope", document.Scope, NoticeScopeFields.Write);
        written.Documents("rule_terms", document.RuleTerms, NoticeScopeFields.WriteTerm);
        written.NullableText("soft_opt_in_rule_term", document.SoftOptInRuleTerm?.ToString());
    }

    protected override Notice ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = DocumentId.TenantOf(document["_id"].AsString),
        Id = document.Text("id"),
        Version = document.Text("version"),
        Text = document.Text("text"),
        Sha256 = document.Text("sha256"),
        Language = document.Text("language"),
        EffectiveAt = document.Time("effective_at"),
        Medium = (NoticeMedium)document.Number("medium"),
        Purposes = document.List("purposes", value => (Purpose)value.AsInt32),
        RegisteredAt = document.Time("registered_at"),
        Scope = NoticeScopeFields.Read(document["scope"].AsBsonDocument),
        RuleTerms = document.List("rule_terms", value => NoticeScopeFields.ReadTerm(value.AsBsonDocument)),
        SoftOptInRuleTerm = document.NullableText("soft_opt_in_rule_term") is { } term ? CalendarPeriod.Parse(term) : null,
    };
}
