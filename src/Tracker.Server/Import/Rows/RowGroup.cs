namespace Tracker.Server.Import.Rows;

/// <summary>The rows of one interaction, in the order of the files.</summary>
/// <param name="Key">Null for a row that does not say to which group it belongs.</param>
/// <param name="Dropped">Rows beyond the bound, which were not kept.</param>
internal sealed record RowGroup(string? Key, IReadOnlyList<ImportRow> Rows, long Dropped)
{
    public ImportRow First => Rows[0];
}
