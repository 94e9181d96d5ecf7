using MongoDB.Bson;
using Tracker.Core.Consents;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>What proves an entry: the notice shown, the evidence, the terms of a soft opt-in, the sealed details.</summary>
internal static class EvidenceFields
{
    public static void Write(DocumentWriter written, ConsentEntry document)
    {
        written.NullableText("notice_id", document.NoticeId);
        written.NullableText("notice_version", document.NoticeVersion);
        written.Time("notice_shown_at", document.NoticeShownAt);
        if (document.Evidence is { } evidence)
        {
            written.Document("evidence", evidence, Write);
        }

        if (document.SoftOptIn is { } terms)
        {
            written.Document("soft_opt_in", terms, Write);
        }

        written.Bytes("sealed_details", document.SealedDetails);
    }

    public static ConsentEntry Read(BsonDocument document, ConsentEntry entry) => entry with
    {
        NoticeId = document.NullableText("notice_id"),
        NoticeVersion = document.NullableText("notice_version"),
        NoticeShownAt = document.NullableTime("notice_shown_at"),
        Evidence = document.TryGetValue("evidence", out var evidence) ? ReadEvidence(evidence.AsBsonDocument) : null,
        SoftOptIn = document.TryGetValue("soft_opt_in", out var terms) ? ReadTerms(terms.AsBsonDocument) : null,
        SealedDetails = document.Bytes("sealed_details"),
    };

    private static void Write(DocumentWriter written, SoftOptInTerms terms)
    {
        written.Add("from_subject", terms.IsAddressFromSubject);
        written.Add("sale", terms.IsSale);
        written.Add("informed", terms.WasInformed);
    }

    private static void Write(DocumentWriter written, Evidence evidence)
    {
        written.Add("kind", (int)evidence.Kind);
        written.Add("sha256", evidence.Sha256);
        written.Date("captured_at", evidence.CapturedAt);
        written.Add("captured_by", evidence.CapturedBy);
        written.Text("text_shown_sha256", evidence.TextShownSha256);
        written.Text("control_id", evidence.ControlId);
        written.Number("act", (int)evidence.Act);
    }

    private static Evidence ReadEvidence(BsonDocument document) =>
        new((EvidenceKind)document.Number("kind"), document.Text("sha256"), document.Time("captured_at"), document.Text("captured_by"))
        {
            TextShownSha256 = document.Text("text_shown_sha256"),
            ControlId = document.Text("control_id"),
            Act = (ConsentAct)document.Number("act"),
        };

    private static SoftOptInTerms ReadTerms(BsonDocument document) =>
        new(document.Flag("from_subject"), document.Flag("sale"), document.Flag("informed"));
}
