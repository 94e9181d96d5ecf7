namespace Tracker.Server.Tests.Import;

internal static class Repository
{
    public static string Root { get; } = FindUp("Tracker.sln", File.Exists) ?? throw new InvalidOperationException("No Tracker.sln above the tests.");

    /// <returns>The folder of a real data set beside the repository; null where there is none.</returns>
    public static string? FindData(string name) => FindUp(Path.Combine("shared", "data", name), Directory.Exists) is { } marker
        ? Path.Combine(marker, "shared", "data", name)
        : null;

    private static string? FindUp(string marker, Func<string, bool> exists)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (exists(Path.Combine(folder.FullName, marker)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
