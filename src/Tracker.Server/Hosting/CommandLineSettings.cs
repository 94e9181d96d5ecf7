namespace Tracker.Server.Hosting;

/// <summary>
/// The arguments of the server, each a setting. What the reader of the command line does not understand it passes over,
/// and a server that was told another port or folder would start on the default one.
/// </summary>
internal static class CommandLineSettings
{
    private const string Example = "settings are given as --Tracker:Server:GrpcPort 5081, and docs/operations.md has them all.";

    private static readonly string[] Roots = ["Tracker", "Logging", "Environment"];

    /// <returns>What is wrong with the first argument that sets nothing; null: all do.</returns>
    public static string? FindFault(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!IsSetting(argument))
            {
                return $"'{Name(argument)}' is neither a verb nor a setting; {Example}";
            }

            if (argument.Contains('=', StringComparison.Ordinal))
            {
                continue;
            }

            if (++i == arguments.Count || arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                return $"'{argument}' has no value; {Example}";
            }
        }

        return null;
    }

    private static bool IsSetting(string argument)
    {
        var key = Name(argument);
        var bare = key.StartsWith("--", StringComparison.Ordinal) ? key[2..] : key.StartsWith('/') ? key[1..] : key;
        return (bare != key || key != argument) && Roots.Contains(bare.Split(':')[0], StringComparer.OrdinalIgnoreCase);
    }

    // Without the value, which may be a key.
    private static string Name(string argument) => argument.Split('=')[0];
}
