using System.Globalization;
using CsvHelper;

namespace Tracker.Server.Tests.EndToEnd;

internal static class CsvRows
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string csv)
    {
        using var reader = new CsvReader(new StringReader(csv), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            yield return reader.HeaderRecord!.ToDictionary(name => name, name => reader.GetField(name) ?? "");
        }
    }
}
