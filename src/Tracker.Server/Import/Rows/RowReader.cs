using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Rows;

/// <summary>Reads the rows of all files, in order, as one import.</summary>
internal sealed class RowReader(IReadOnlyList<SourceFile> files, ImportMapping mapping)
{
    // Bounds the memory that a quote without an end can take.
    private const int LongestField = 64 * 1024;

    // Read on as "\uFFFD", a name in another encoding would be stored broken and could not be told from one that is whole.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async IAsyncEnumerable<ImportRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            await using var stream = await file.OpenAsync(cancellation);
            using var text = new StreamReader(stream, Strict);
            using var parser = new CsvParser(text, Configuration());

            var places = await ReadHeaderAsync(parser, file, cancellation);
            var width = parser.Count;
            while (await NextAsync(parser, file, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return new ImportRow(file.Name, parser.RawRow, Values(parser, places), parser.Count > width);
            }
        }
    }

    private static async Task<bool> NextAsync(CsvParser parser, SourceFile file, CancellationToken cancellation)
    {
        try
        {
            return await parser.ReadAsync();
        }
        catch (DecoderFallbackException)
        {
            var line = await file.FindLineThatIsNotUtf8Async(cancellation);
            throw ImportRefusedException.Broken(
                $"{file.Name}:{line}: not UTF-8; save the file as \"CSV UTF-8\", or convert it: iconv -f latin1 -t utf8");
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            throw ImportRefusedException.Broken($"{file.Name}:{parser.RawRow}: cannot be read on: {problem.Message}");
        }
        catch (CsvHelperException)
        {
            throw ImportRefusedException.Broken(
                $"{file.Name}:{parser.RawRow}: a field is longer than {LongestField} characters; a quote may not be closed");
        }
    }

    private static string?[] Values(CsvParser parser, int[] places)
    {
        var values = new string?[places.Length];
        for (var index = 0; index < places.Length; index++)
        {
            values[index] = places[index] < parser.Count ? parser[places[index]].Trim() : null;
        }

        return values;
    }

    private async Task<int[]> ReadHeaderAsync(CsvParser parser, SourceFile file, CancellationToken cancellation)
    {
        var header = await NextAsync(parser, file, cancellation) ? parser.Record!.Select(name => name.Trim()).ToList() : [];
        var missing = mapping.Columns.Where(column => !header.Contains(column.Name, StringComparer.Ordinal)).ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Select(column => column.Name));
            var hint = header.Count == 1 ? $"; its header is one field, and csv.delimiter of the mapping is '{mapping.Csv.Delimiter}'" : "";
            throw ImportRefusedException.Usage($"file '{file.Name}' has no column {names}, which mapping '{mapping.Name}' reads{hint}");
        }

        return [.. mapping.Columns.Select(column => header.IndexOf(column.Name))];
    }

    private CsvConfiguration Configuration() => new(CultureInfo.InvariantCulture)
    {
        Delimiter = mapping.Csv.Delimiter,
        MaxFieldSize = LongestField,
        // A stray quote in a name, such as 5" NAIL, is text.
        BadDataFound = null,
    };
}
