namespace Tracker.Server.Import.Mappings;

/// <summary>Finds a mapping by the name of a shipped one or by its file.</summary>
internal static class MappingSource
{
    private const string Prefix = "mappings/";

    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. typeof(MappingSource).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    public static async Task<ImportMapping> GetAsync(string nameOrFile, CancellationToken cancellation)
    {
        try
        {
            return MappingReader.Read(await ReadTextAsync(nameOrFile, cancellation));
        }
        catch (MappingException problem)
        {
            throw ImportRefusedException.Usage($"mapping '{nameOrFile}' has {problem.Errors.Count} {(problem.Errors.Count == 1 ? "error" : "errors")}: {problem.Message}");
        }
    }

    private static async Task<string> ReadTextAsync(string nameOrFile, CancellationToken cancellation)
    {
        if (Shipped.Contains(nameOrFile, StringComparer.Ordinal))
        {
            await using var resource = typeof(MappingSource).Assembly.GetManifestResourceStream($"{Prefix}{nameOrFile}.json")!;
            using var reader = new StreamReader(resource);
            return await reader.ReadToEndAsync(cancellation);
        }

        try
        {
            return await File.ReadAllTextAsync(nameOrFile, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw ImportRefusedException.Usage(
                $"mapping '{nameOrFile}' is neither one of {string.Join(", ", Shipped)} nor a readable file");
        }
    }
}
