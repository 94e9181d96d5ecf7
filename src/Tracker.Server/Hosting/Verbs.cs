using System.CommandLine;
using Tracker.Server.Import;

namespace Tracker.Server.Hosting;

/// <summary>What the program does besides serving. Without a verb it serves, and all arguments are settings.</summary>
internal static class Verbs
{
    private static readonly string[] Help = ["--help", "-h", "-?", "--version"];

    /// <summary>Every verb is composed here.</summary>
    private static RootCommand Root(string[] settings) => new("""
        Tracker records interactions between retailers and people under a legal-basis gate.
        Without a verb it serves; settings are given as --Tracker:Server:GrpcPort 5081 (docs/operations.md has them all).
        """)
    {
        ImportCommand.Create(TimeProvider.System),
        DumpCommand.Create(TimeProvider.System, () => Settings.Read(settings)),
    };

    /// <returns>The exit code of the verb; null if the arguments are those of the server.</returns>
    public static async Task<int?> RunAsync(string[] arguments, TextWriter error)
    {
        if (arguments.Length == 0)
        {
            return null;
        }

        var (settings, words) = Settings.Separate(arguments);
        var root = Root(settings);
        if (root.Subcommands.Any(verb => verb.Name == arguments[0]) || Help.Contains(arguments[0]))
        {
            var parsed = root.Parse(words);
            var code = await parsed.InvokeAsync();
            return parsed.Errors.Count > 0 ? StartFailure.ExitCode : code;
        }

        if (IsSetting(arguments[0]))
        {
            return null;
        }

        await error.WriteLineAsync($"There is no verb '{arguments[0]}'; there are: {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}. Settings begin with --.");
        return StartFailure.ExitCode;
    }

    private static bool IsSetting(string argument) => argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=', StringComparison.Ordinal);
}
