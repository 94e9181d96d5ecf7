using System.Globalization;
using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Dump;

/// <summary>How the words of the model look in a dump.</summary>
internal static class JsonFields
{
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            json.WriteString(name, TextOf(value));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteTimes(this Utf8JsonWriter json, string name, IEnumerable<DateTimeOffset> times) => json.WriteTexts(name, times.Select(TextOf));

    public static void WriteEnum<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum => json.WriteString(name, NameOf(value));

    public static void WriteEnums<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values)
        where T : struct, Enum => json.WriteTexts(name, values.Select(NameOf));

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void WriteHash(this Utf8JsonWriter json, string name, UInt128? hash) =>
        json.WriteString(name, hash?.ToString("x32", CultureInfo.InvariantCulture));

    public static void WriteHashes(this Utf8JsonWriter json, string name, IReadOnlyList<UInt128> hashes) =>
        json.WriteTexts(name, hashes.Select(hash => hash.ToString("x32", CultureInfo.InvariantCulture)));

    public static void WriteProfile(this Utf8JsonWriter json, ProfileId profile) =>
        json.WriteString("profile", profile.IsNone ? null : profile.ToString());

    public static void WritePayload(this Utf8JsonWriter json, ReadOnlyMemory<byte> payload, string? digest)
    {
        json.WriteNumber("payload_bytes", payload.Length);
        if (digest is not null)
        {
            json.WriteString("payload_digest", digest);
        }
    }

    public static void WriteDecision(this Utf8JsonWriter json, RecordDecision decision)
    {
        json.WriteStartObject("decision");
        json.WriteString("id", decision.Id.ToString());
        json.WriteString("policy_version", decision.PolicyVersion);
        json.WriteString("policy_sha256", Convert.ToHexStringLower(decision.PolicySha256.Span));
        json.WriteNumber("consent_epoch", decision.ConsentEpoch);
        json.WriteEnum("stage", decision.Stage);
        json.WriteTime("decided_at", decision.DecidedAt);
        json.WriteEndObject();
    }

    public static void WriteGrants(this Utf8JsonWriter json, IReadOnlyList<Grant> grants)
    {
        json.WriteStartArray("grants");
        foreach (var grant in grants)
        {
            json.WriteStartObject();
            json.WriteEnum("purpose", grant.Purpose);
            json.WriteEnum("basis", grant.Basis);
            json.WriteEnum("ground", grant.Ground);
            json.WriteTexts("evidence_ids", grant.EvidenceIds);
            json.WriteString("rule_id", grant.RuleId);
            json.WriteTime("until", grant.Until);
            json.WriteString("end_policy", grant.EndPolicy);
            json.WriteBoolean("is_child_directed", grant.IsChildDirected);
            json.WriteTime("given_at", grant.GivenAt);
            json.WriteTime("keeps_since", grant.KeepsSince);
            json.WriteEnum("contact_channel", grant.ContactChannel);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());
}
