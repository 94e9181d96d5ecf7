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
        json.WriteEnum("state", entry.State);
        json.WriteTime("effective_at", entry.EffectiveAt);
        json.WriteTime("recorded_at", entry.RecordedAt);
        json.WriteTime("valid_until", entry.ValidUntil);
        json.WriteString("notice_id", entry.NoticeId);
        json.WriteString("notice_version", entry.NoticeVersion);
        WriteEvidence(json, entry.Evidence);
        json.WriteTime("expire_at", entry.ExpireAt);
        json.WriteTexts("holds", entry.Holds);
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
        json.WriteEndObject();
    }
}
