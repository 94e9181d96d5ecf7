namespace Tracker.Server.Import.Shifts;

/// <summary>Where the XDG base directory specification wants state that is worth keeping but not data.</summary>
internal static class StateFolder
{
    /// <param name="environment">Reads an environment variable.</param>
    public static string Find(Func<string, string?> environment)
    {
        var state = environment("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathRooted(state))
        {
            var home = environment("HOME") ?? environment("USERPROFILE");
            state = string.IsNullOrEmpty(home) ? Path.GetTempPath() : Path.Combine(home, ".local", "state");
        }

        return Path.Combine(state, "tracker", "imports");
    }
}
