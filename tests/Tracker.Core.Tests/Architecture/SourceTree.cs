namespace Tracker.Core.Tests.Architecture;

/// <summary>The repository the tests were built from.</summary>
internal static class SourceTree
{
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);

    private static readonly string[] Generated = [$"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"];

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !Generated.Any(part => file.Contains(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Sources() => Files("src", "*.cs").Concat(Files("tests", "*.cs"));

    public static string Name(string file) => Path.GetRelativePath(Root, file);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Tracker.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
