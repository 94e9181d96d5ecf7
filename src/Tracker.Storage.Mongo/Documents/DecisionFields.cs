using MongoDB.Bson;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Documents;

/// <summary>The decision and its grants, as records and contacts carry them.</summary>
internal static class DecisionFields
{
    public static void Write(DocumentWriter written, RecordDecision decision)
    {
        written.Id("id", decision.Id.Value);
        written.Add("policy", decision.PolicyVersion);
        written.Binary("policy_sha256", decision.PolicySha256.Span);
        written.Add("epoch", decision.ConsentEpoch);
        written.Add("stage", (int)decision.Stage);
        written.Date("at", decision.DecidedAt);
    }

    public static RecordDecision Read(BsonDocument document) => new(
        new DecisionId(document.Guid("id")),
        document.Text("policy"),
        document.Bytes("policy_sha256"),
        document["epoch"].AsInt64,
        (Stage)document.Number("stage"),
        document.Time("at"));

    public static void WriteGrant(DocumentWriter written, Grant grant)
    {
        written.Add("purpose", (int)grant.Purpose);
        written.Add("basis", (int)grant.Basis);
        written.Add("rule", grant.RuleId);
        written.Date("until", grant.Until);
        written.Number("ground", (int)grant.Ground);
        written.Texts("evidence", grant.EvidenceIds);
        written.Text("end_policy", grant.EndPolicy);
        written.Flag("child_directed", grant.IsChildDirected);
        written.Time("given_at", grant.GivenAt);
        written.Time("keeps_since", grant.KeepsSince);
        written.Number("contact_channel", (int)grant.ContactChannel);
    }

    public static Grant ReadGrant(BsonValue value)
    {
        var document = value.AsBsonDocument;
        return new Grant(
            (Purpose)document.Number("purpose"),
            (LegalBasis)document.Number("basis"),
            (EPrivacyGround)document.Number("ground"),
            document.Texts("evidence"),
            document.Text("rule"),
            document.Time("until"))
        {
            EndPolicy = document.Text("end_policy"),
            IsChildDirected = document.Flag("child_directed"),
            GivenAt = document.NullableTime("given_at"),
            KeepsSince = document.NullableTime("keeps_since"),
            ContactChannel = (ContactChannel)document.Number("contact_channel"),
        };
    }
}
