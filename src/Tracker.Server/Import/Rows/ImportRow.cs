using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Rows;

/// <summary>One row of a file, with the values of the mapped columns only; null where the row is too short.</summary>
/// <param name="isTooLong">More fields than the header: a delimiter stands where it should have been quoted.</param>
internal sealed class ImportRow(string file, long line, string?[] values, bool isTooLong)
{
    public string File => file;

    public long Line => line;

    public bool IsTooLong => isTooLong;

    public string? this[Column column] => values[column.Index];
}
