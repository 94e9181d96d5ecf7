namespace Tracker.Server.Import.Mappings;

/// <summary>Reads names of columns and notes those that the mapping does not declare.</summary>
internal sealed class ColumnReader(ColumnSet columns)
{
    public Column Required(MappingNode node, string field) => Resolve(node, field, node.Text(field)) ?? default;

    public Column? Optional(MappingNode node, string field) =>
        node.Has(field) ? Resolve(node, field, node.Text(field)) : null;

    public Column? Resolve(MappingNode node, string field, string name)
    {
        if (name.Length == 0)
        {
            return null;
        }

        var column = columns.Find(name);
        if (column is null)
        {
            node.Report(field, $"column '{name}' is not listed in $.columns");
        }

        return column;
    }
}
