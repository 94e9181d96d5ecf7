using System.Runtime.CompilerServices;
using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Rows;

/// <summary>The second pass: collects the rows of open groups and gives each group away at its last row.</summary>
internal sealed class GroupReader(RowReader reader, ImportMapping mapping, ImportScan scan)
{
    /// <summary>The contract keeps no more lines; without a bound a constant key column would fill the memory.</summary>
    public const int MostRows = 2_000;

    private readonly Dictionary<string, OpenGroup> _open = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<RowGroup> ReadAsync(Action progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long index = 0;

        await foreach (var row in reader.ReadAsync(cancellation))
        {
            var complete = Take(row, index++);
            progress();
            if (complete is not null)
            {
                yield return complete;
            }
        }
    }

    private RowGroup? Take(ImportRow row, long index)
    {
        if (row[mapping.GroupBy] is not { Length: > 0 } key)
        {
            return new RowGroup(Key: null, [row], Dropped: 0);
        }

        if (!_open.TryGetValue(key, out var group))
        {
            group = new OpenGroup();
            _open.Add(key, group);
        }

        group.Add(row);
        if (!scan.LastRows.TryGetValue(key, out var last) || index > last)
        {
            throw ImportRefusedException.Broken($"{row.File}:{row.Line}: the file changed while it was read");
        }

        if (index < last)
        {
            return null;
        }

        _open.Remove(key);
        return new RowGroup(key, group.Rows, group.Dropped);
    }

    private sealed class OpenGroup
    {
        public List<ImportRow> Rows { get; } = [];

        public long Dropped { get; private set; }

        public void Add(ImportRow row)
        {
            if (Rows.Count < MostRows)
            {
                Rows.Add(row);
            }
            else
            {
                Dropped++;
            }
        }
    }
}
