using System.Text;
using System.Text.Json;

namespace Tracker.Server.Import.Reporting;

/// <summary>The summary for programs: one object on one line.</summary>
internal static class SummaryJson
{
    public static string Write(ImportSummary summary)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, count) in Counts(summary.Counts))
            {
                json.WriteNumber(name, count);
            }

            WriteShift(json, summary);
            WriteReasons(json, summary.Counts.Reasons);
            WriteTexts(json, "examples", summary.Counts.Examples);
            WriteTexts(json, "warnings", summary.Warnings);
            json.WriteString("problem", summary.Problem);
            json.WriteBoolean("cancelled", summary.IsCancelled);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static IEnumerable<(string Name, long Count)> Counts(ImportCounts counts) =>
    [
        ("read", counts.Read),
        ("skipped", counts.Skipped),
        ("sent", counts.Sent),
        ("accepted", counts.Accepted),
        ("stripped", counts.Stripped),
        ("duplicate", counts.Duplicate),
        ("denied", counts.Denied),
        ("suppressed", counts.Suppressed),
        ("invalid", counts.Invalid),
        ("failed", counts.Failed),
    ];

    private static void WriteShift(Utf8JsonWriter json, ImportSummary summary)
    {
        json.WriteNumber("shift_weeks", summary.Shift.Weeks);
        json.WriteString("shift", summary.Shift.Origin.ToString().ToLowerInvariant());
        json.WriteNumber("seconds", Math.Round(summary.Duration.TotalSeconds, 3));
    }

    private static void WriteReasons(Utf8JsonWriter json, IReadOnlyDictionary<ReasonKey, long> reasons)
    {
        json.WriteStartObject("reasons");
        foreach (var outcome in reasons.GroupBy(reason => reason.Key.Outcome))
        {
            json.WriteStartObject(outcome.Key);
            foreach (var (key, count) in outcome)
            {
                json.WriteNumber(key.Reason, count);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
