namespace Tracker.Server.Import.Mappings;

/// <summary>The columns a mapping declares. Only these are read; each must be used by a rule.</summary>
internal sealed class ColumnSet(IReadOnlyList<string> names)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public IReadOnlyList<Column> All { get; } = [.. names.Select((name, index) => new Column(name, index))];

    public IEnumerable<string> Unused => names.Where(name => !_used.Contains(name));

    public Column? Find(string name)
    {
        var index = All.ToList().FindIndex(column => column.Name == name);
        if (index < 0)
        {
            return null;
        }

        _used.Add(name);
        return All[index];
    }
}
