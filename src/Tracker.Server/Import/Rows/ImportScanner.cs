using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Rows;

/// <summary>
/// The first pass. Rows of one group may be apart and in several files, so a group is complete only at its last
/// row; memory grows with the number of groups, never with the number of rows.
/// </summary>
internal sealed class ImportScanner(RowReader reader, ImportMapping mapping)
{
    public async Task<ImportScan> ScanAsync(Action<long> progress, CancellationToken cancellation)
    {
        var lastRows = new Dictionary<string, long>(StringComparer.Ordinal);
        DateTimeOffset? newest = null;
        long rows = 0;

        await foreach (var row in reader.ReadAsync(cancellation))
        {
            if (mapping.OccurredAt.TryRead(row[mapping.OccurredAt.Column], out var time) && !(time <= newest))
            {
                newest = time;
            }

            if (row[mapping.GroupBy] is { Length: > 0 } key)
            {
                lastRows[key] = rows;
            }

            progress(++rows);
        }

        return new ImportScan(rows, newest, lastRows);
    }
}
