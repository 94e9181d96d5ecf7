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

    public static Task<string> ReadCsvAsync(CancellationToken cancellation) => ReadAsync([Csv], cancellation);

    /// <returns>The rows of all files under the header of the first.</returns>
    public static async Task<string> ReadAsync(IReadOnlyList<string> files, CancellationToken cancellation)
    {
        var all = new StringBuilder();
        foreach (var file in files)
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            var text = await reader.ReadToEndAsync(cancellation);
            all.Append(all.Length == 0 ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        }

        return all.ToString();
    }
}
