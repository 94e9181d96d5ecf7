using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Tracker.Server.Tests.Import.Synthetic;

/// <summary>The week as it is checked in.</summary>
internal static class SampleFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static string Csv => Path.Combine(Repository.Root, "samples", "synthetic-week.csv.gz");

    public static string Counts => Path.Combine(Repository.Root, "samples", "synthetic-week.json");

    public static string Describe(SyntheticCounts counts) => JsonSerializer.Serialize(counts, Indented) + "\n";

    public static async Task WriteAsync(SyntheticWeek week, CancellationToken cancellation)
    {
        await using var zipped = new GZipStream(File.Create(Csv), CompressionLevel.SmallestSize);
        await zipped.WriteAsync(Encoding.UTF8.GetBytes(week.Csv), cancellation);
        await File.WriteAllTextAsync(Counts, Describe(week.Counts), cancellation);
    }

    public static async Task<string> ReadCsvAsync(CancellationToken cancellation)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Csv), CompressionMode.Decompress));
        return await reader.ReadToEndAsync(cancellation);
    }
}
