using System.CommandLine;
using Tracker.Server.Import;
using Tracker.Server.Security;

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
        ImportCommand.Create(TimeProvider.System, Environment.GetEnvironmentVariable),
        DumpCommand.Create(TimeProvider.System, () => Settings.Read(settings)),
        KeysCommand.Create(TimeProvider.System, () => Settings.Read(settings)),
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
        if (words.Length > 0 && (root.Subcommands.Any(verb => verb.Name == words[0]) || Help.Contains(words[0])))
        {
            if (CommandLineSettings.FindFault(settings) is { } missing)
            {
                await error.WriteLineAsync(missing);
                return StartFailure.ExitCode;
            }

            // It has options of its own and no settings; passed over, they would send it to another server than was meant.
            var parsed = root.Parse(words[0] == ImportCommand.Name ? arguments : words);
            var code = await parsed.InvokeAsync();
            return parsed.Errors.Count > 0 ? StartFailure.ExitCode : code;
        }

        if (CommandLineSettings.FindFault(arguments) is not { } fault)
        {
            return null;
        }

        await error.WriteLineAsync($"{fault} Verbs are {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}; --help tells more.");
        return StartFailure.ExitCode;
    }
}
