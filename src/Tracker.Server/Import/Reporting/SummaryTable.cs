using System.Globalization;
using Spectre.Console;
using Tracker.Server.Import.Shifts;

namespace Tracker.Server.Import.Reporting;

/// <summary>The summary for people.</summary>
internal static class SummaryTable
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["read"] = "rows read",
        ["skipped"] = "left out, as the mapping says",
        ["sent"] = "taken up for sending, answered or not",
        ["accepted"] = "stored for every purpose",
        ["stripped"] = "stored for some purposes or without some fields",
        ["duplicate"] = "stored before",
        ["denied"] = "no legal basis, nothing stored",
        ["suppressed"] = "person erased or objects, nothing stored",
        ["invalid"] = "broken, nothing stored",
        ["failed"] = "without an answer; repeat the import",
    };

    public static void Write(IAnsiConsole console, ImportSummary summary)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("");
        table.AddColumn(new TableColumn("count").RightAligned());
        table.AddColumn("");

        foreach (var (name, count) in SummaryJson.Counts(summary.Counts))
        {
            table.AddRow(new Text(name), Number(count), new Text(Meanings[name]));
            foreach (var (key, times) in summary.Counts.Reasons.Where(reason => reason.Key.Outcome == name))
            {
                table.AddRow(new Text(""), Number(times), new Text($"  {key.Reason}"));
            }
        }

        console.Write(table);
        WriteNotes(console, summary);
    }

    private static Text Number(long count) => new(count.ToString("N0", CultureInfo.InvariantCulture));

    private static void WriteNotes(IAnsiConsole console, ImportSummary summary)
    {
        if (summary.Counts.Examples.Count > 0)
        {
            console.WriteLine("Invalid, for example:");
        }

        foreach (var example in summary.Counts.Examples)
        {
            console.WriteLine($"  {example}");
        }

        console.WriteLine(Describe(summary.Shift));
        var rate = summary.Duration > TimeSpan.Zero ? summary.Counts.Answered / summary.Duration.TotalSeconds : 0;
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(summary.IsCancelled ? "Cancelled after" : "Took")} {summary.Duration.TotalSeconds:N1} s, {rate:N0} interactions/s."));
    }

    private static string Describe(Shift shift) => shift.Origin switch
    {
        ShiftOrigin.None => "Times are those of the files.",
        ShiftOrigin.Computed => $"Times were moved by {shift.Weeks} weeks; the same files will be moved by as much again.",
        ShiftOrigin.Remembered => $"Times were moved by {shift.Weeks} weeks, remembered from an earlier import of these files; --shift-weeks chooses others.",
        ShiftOrigin.Given => $"Times were moved by {shift.Weeks} weeks, as asked for.",
        _ => throw new InvalidOperationException($"Unknown origin {shift.Origin}."),
    };
}
