namespace Tracker.Server.Import.Rows;

/// <summary>What the first pass learns.</summary>
/// <param name="Newest">Time of the newest row; null if no row has a readable one.</param>
/// <param name="LastRows">For each group the number of its last row: there the second pass can let it go.</param>
internal sealed record ImportScan(long Rows, DateTimeOffset? Newest, IReadOnlyDictionary<string, long> LastRows);
