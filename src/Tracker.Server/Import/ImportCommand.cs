using System.CommandLine;
using Tracker.Server.Import.Mappings;
using Tracker.Server.Import.Reporting;
using Tracker.Server.Import.Shifts;

namespace Tracker.Server.Import;

/// <summary>The verb `import`: orders and receipts from CSV files into a running service.</summary>
internal static class ImportCommand
{
    public const string Name = "import";

    /// <summary>Holds the key where --api-key is absent; a command line can be read by everybody on the machine.</summary>
    public const string ApiKeyVariable = "TRACKER_API_KEY";

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "CSV files, plain or gzip, in order; all together are one import.",
    };

    private static readonly Option<string> Mapping = new("--mapping")
    {
        Required = true,
        Description = $"A mapping file, or a shipped mapping: {string.Join(", ", MappingSource.Shipped)}.",
    };

    private static readonly Option<string> Server = new("--server")
    {
        Description = "Address of the service.",
        DefaultValueFactory = _ => "http://127.0.0.1:5081",
    };

    private static readonly Option<string?> ApiKey = new("--api-key")
    {
        Description = $"Key of the source that sends; as {ApiKeyVariable} says if absent.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as one line of JSON." };

    private static readonly Option<int> Batch = new("--batch")
    {
        Description = "Interactions in one message, 1 to 1000.",
        DefaultValueFactory = _ => 500,
    };

    private static readonly Option<string?> ShiftBy = new("--shift") { Description = "none or whole-weeks; as the mapping says if absent." };

    private static readonly Option<int?> ShiftWeeks = new("--shift-weeks") { Description = "Move the times by this many weeks." };

    private static readonly Option<bool> FailOnInvalid = new("--fail-on-invalid")
    {
        Description = $"Exit code {ExitCodes.Invalid} where all is delivered and something of it is invalid.",
    };

    private static readonly Option<int> GiveUpAfter = new("--give-up-after")
    {
        Description = "Seconds without an answer after which the import gives up.",
        DefaultValueFactory = _ => 30,
    };

    /// <param name="environment">Reads an environment variable.</param>
    public static Command Create(TimeProvider time, Func<string, string?> environment)
    {
        var command = new Command(Name, "Read orders or receipts from CSV files and send them to a running service.")
        {
            Files, Mapping, Server, ApiKey, Json, Batch, ShiftBy, ShiftWeeks, GiveUpAfter, FailOnInvalid,
        };
        command.SetAction((arguments, cancellation) => RunAsync(arguments, time, environment, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments,
        TimeProvider time,
        Func<string, string?> environment,
        CancellationToken cancellation)
    {
        var streams = arguments.InvocationConfiguration;
        var report = new ImportReport(streams.Output, streams.Error, time);

        try
        {
            var settings = Settings(arguments, environment);
            var importer = new Importer(settings, time);
            var run = importer.RunAsync(cancellation);
            await report.Display().ShowAsync(importer.Progress, run);
            var summary = await run;

            await report.WriteAsync(summary, settings.AsJson);
            return summary.ExitCode;
        }
        catch (ImportRefusedException refusal)
        {
            await report.RefuseAsync(refusal.Message);
            return refusal.ExitCode;
        }
    }

    private static ImportSettings Settings(ParseResult arguments, Func<string, string?> environment)
    {
        var weeks = arguments.GetValue(ShiftWeeks);
        return new ImportSettings(Paths(arguments.GetValue(Files)!), arguments.GetValue(Mapping)!, Address(arguments.GetValue(Server)!))
        {
            AsJson = arguments.GetValue(Json),
            ApiKey = arguments.GetValue(ApiKey) ?? (environment(ApiKeyVariable) is { Length: > 0 } key ? key : null),
            BatchSize = Within("--batch", arguments.GetValue(Batch), 1, 1_000),
            Shift = Mode(arguments.GetValue(ShiftBy), weeks),
            ShiftWeeks = weeks is { } given ? Within("--shift-weeks", given, -Shift.MostWeeks, Shift.MostWeeks) : null,
            GiveUpAfter = TimeSpan.FromSeconds(Within("--give-up-after", arguments.GetValue(GiveUpAfter), 1, 3_600)),
            FailsOnInvalid = arguments.GetValue(FailOnInvalid),
            StateFolder = StateFolder.Find(environment),
        };
    }

    // An unknown option would else be looked for as a file.
    private static string[] Paths(string[] files) => Array.Find(files, file => file.StartsWith("--", StringComparison.Ordinal)) is { } unknown
        ? throw ImportRefusedException.Usage($"there is no option '{unknown}'; import --help has them all")
        : files;

    private static Uri Address(string server) =>
        Uri.TryCreate(server, UriKind.Absolute, out var address) && address!.Scheme is "http" or "https"
            ? address
            : throw ImportRefusedException.Usage($"--server '{server}' is not an address such as http://127.0.0.1:5081");

    private static int Within(string option, int value, int least, int most) =>
        value >= least && value <= most
            ? value
            : throw ImportRefusedException.Usage($"{option} must be from {least} to {most}");

    private static ShiftMode? Mode(string? word, int? weeks)
    {
        if (word is null)
        {
            return null;
        }

        if (!MappingWords.Shifts.TryGetValue(word, out var mode))
        {
            throw ImportRefusedException.Usage($"--shift must be one of {string.Join(", ", MappingWords.Shifts.Keys)}");
        }

        return mode == ShiftMode.None && weeks is not null
            ? throw ImportRefusedException.Usage("--shift none and --shift-weeks contradict each other")
            : mode;
    }
}
