using System.Text.Json;
using Tracker.Core.Consents;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ConsentJson
{
    public static void Write(Utf8JsonWriter json, ConsentEntry entry)
    {
        json.WriteString("id", entry.Id.ToString());
        json.WriteString("tenant", entry.Tenant.Value);
        json.WriteProfile(entry.Profile);
        json.WriteNumber("sequence", entry.Sequence);
        json.WriteString("source", entry.Source.Value);
        json.WriteHash("request_hash", entry.RequestHash);
        json.WriteEnum("purpose", entry.Purpose);
        json.WriteEnums("contact_channels", entry.ContactChannels);
        json.WriteEnums("act_channels", entry.ActChannels);
        json.WriteTexts("addresses", entry.Addresses.Select(address => address.ToString()));
        json.WriteString("retention_term", entry.RetentionTerm?.ToString());
        json.WriteBoolean("links_earlier_visits", entry.LinksEarlierVisits);
        json.WriteNumber("age_of_consent", entry.AgeOfConsent);
        json.WriteEnum("state", entry.State);
        json.WriteTime("effective_at", entry.EffectiveAt);
        json.WriteTime("at_latest", entry.AtLatest);
        json.WriteTime("recorded_at", entry.RecordedAt);
        json.WriteTime("stated_at", entry.StatedAt);
        json.WriteTime("valid_until", entry.ValidUntil);
        json.WriteString("notice_id", entry.NoticeId);
        json.WriteString("notice_version", entry.NoticeVersion);
        WriteEvidence(json, entry.Evidence);
        json.WriteEnum("kind", entry.Kind);
        json.WriteString("recipient", entry.Recipient);
        json.WriteString("controller", entry.Controller);
        json.WriteEnum("actor", entry.Actor);
        json.WriteString("authority_reference", entry.AuthorityReference);
        json.WriteBoolean("is_explicit", entry.IsExplicit);
        json.WriteBoolean("is_offline", entry.IsOffline);
        json.WriteString("refers_to", entry.RefersTo?.ToString());
        json.WriteTime("confirm_by", entry.ConfirmBy);
        json.WriteTime("listed_since", entry.ListedSince);
        json.WriteTime("notice_shown_at", entry.NoticeShownAt);
        json.WriteEnum("channel", entry.Channel);
        json.WriteString("purpose_text", entry.PurposeText);
        json.WriteEnum("end_reason", entry.EndReason);
        WriteTerms(json, entry.SoftOptIn);
        json.WriteNumber("details_bytes", entry.SealedDetails.Length);
        json.WriteTime("expire_at", entry.ExpireAt);
        json.WriteTexts("holds", entry.Holds);
    }

    private static void WriteTerms(Utf8JsonWriter json, SoftOptInTerms? terms)
    {
        if (terms is null)
        {
            json.WriteNull("soft_opt_in");
            return;
        }

        json.WriteStartObject("soft_opt_in");
        json.WriteBoolean("is_address_from_subject", terms.IsAddressFromSubject);
        json.WriteBoolean("is_sale", terms.IsSale);
        json.WriteBoolean("was_informed", terms.WasInformed);
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, Evidence? evidence)
    {
        if (evidence is null)
        {
            json.WriteNull("evidence");
            return;
        }

        json.WriteStartObject("evidence");
        json.WriteEnum("kind", evidence.Kind);
        json.WriteString("sha256", evidence.Sha256);
        json.WriteTime("captured_at", evidence.CapturedAt);
        json.WriteString("captured_by", evidence.CapturedBy);
        json.WriteString("text_shown_sha256", evidence.TextShownSha256);
        json.WriteString("control_id", evidence.ControlId);
        json.WriteEnum("act", evidence.Act);
        json.WriteEndObject();
    }
}
