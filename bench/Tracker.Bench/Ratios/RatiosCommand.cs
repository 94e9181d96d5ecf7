using System.CommandLine;

namespace Tracker.Bench.Ratios;

/// <summary>The verb `ratios`: Tracker beside what it is compared with, in turns within one run.</summary>
internal static class RatiosCommand
{
    private static readonly Option<string> Store = new Option<string>("--store") { Description = "embedded or mongo.", DefaultValueFactory = _ => "embedded" }.AcceptOnlyFromAmong("embedded", "mongo");
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "File for the rows: ratios: [{name, value, bar, holds, pairs}]." };
    private static readonly Option<int> Pairs = new("--pairs") { Description = "Measurements of each side of a row, at least 5.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Small = new("--small") { Description = "Stored records and customers of what counts as empty.", DefaultValueFactory = _ => 20_000 };
    private static readonly Option<int> Middle = new("--middle") { Description = "... of the row beside SQLite.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Large = new("--large") { Description = "... of the rows at five million.", DefaultValueFactory = _ => 5_000_000 };
    private static readonly Option<TimeSpan> PacedFor = new("--paced-for") { Description = "How long each run at a fixed rate takes.", DefaultValueFactory = _ => TimeSpan.FromSeconds(8) };
    private static readonly Option<string[]> Environment = new("--environment") { Description = "NAME=VALUE of the server, besides what the image sets; may be repeated.", DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var command = new Command("ratios", "Tracker over what it is compared with, each row with its bar.") { Store, Json, Pairs, Small, Middle, Large, PacedFor, Environment };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = new RatioSettings(
            arguments.GetValue(Pairs), arguments.GetValue(Small), arguments.GetValue(Middle), arguments.GetValue(Large), arguments.GetValue(PacedFor), arguments.GetValue(Environment)!);
        var rows = arguments.GetValue(Store) == "mongo" ? MongoRatios.MeasureAsync(settings, cancellation) : new EmbeddedRatios(settings).MeasureAsync(cancellation);
        List<Ratio> ratios = [];
        await foreach (var row in rows)
        {
            ratios.Add(row);
            Console.WriteLine(FormattableString.Invariant($"{row.Name}: {row.Value:0.###} ({row.Least:0.###} to {row.Most:0.###}), bar {row.Bar:0.##}: {(row.Holds ? "holds" : "MISSED")}"));
        }

        ratios.Sort((one, other) => one.Place.CompareTo(other.Place));
        Console.WriteLine();
        Console.WriteLine(RatioReport.Markdown(ratios));
        if (arguments.GetValue(Json) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, RatioReport.Json(ratios), cancellation);
        }

        return 0;
    }
}
