using Google.Protobuf.WellKnownTypes;
using Tracker.Contracts.V1;
using Tracker.Server.Import.Mappings;

namespace Tracker.Server.Import.Rows;

/// <summary>Makes one interaction of a group of rows.</summary>
internal sealed class GroupMapper(ImportMapping mapping, TimeSpan shift)
{
    private readonly LineMapper _lines = new(mapping);

    public MappedGroup Map(RowGroup group)
    {
        var bad = FindBad(group);
        if (bad.Count > 0)
        {
            return new MappedGroup.Bad(bad);
        }

        if (mapping.Skip.FirstOrDefault(rule => Holds(rule.When, group)) is { } skip)
        {
            return new MappedGroup.Skipped(skip.Reason);
        }

        var lines = group.Rows.Select(row => _lines.Map(row, bad)).ToList();
        var occurredAt = ReadTimes(group, bad);
        return bad.Count > 0
            ? new MappedGroup.Bad(bad)
            : new MappedGroup.Ready(Build(group, lines, occurredAt), group.First);
    }

    private List<BadCell> FindBad(RowGroup group)
    {
        var first = group.First;
        if (group.Key is null)
        {
            return [new BadCell(first.File, first.Line, mapping.GroupBy.Name, "is empty or missing")];
        }

        if (group.Dropped > 0)
        {
            return [new BadCell(first.File, first.Line, mapping.GroupBy.Name, $"more than {GroupReader.MostRows} rows belong together")];
        }

        return [.. group.Rows.SelectMany(FindMisshapen)];
    }

    private IEnumerable<BadCell> FindMisshapen(ImportRow row)
    {
        if (row.IsTooLong)
        {
            return [new BadCell(row.File, row.Line, mapping.Columns[^1].Name, "the row has more fields than the header")];
        }

        return mapping.Columns
            .Where(column => row[column] is null)
            .Select(column => new BadCell(row.File, row.Line, column.Name, "is missing; the row is too short"));
    }

    // The time of the first row counts; the others are read too, because a row that cannot be read makes its group suspect.
    private DateTimeOffset ReadTimes(RowGroup group, List<BadCell> bad)
    {
        var column = mapping.OccurredAt.Column;
        foreach (var row in group.Rows.Where(row => !mapping.OccurredAt.TryRead(row[column], out _)))
        {
            bad.Add(new BadCell(row.File, row.Line, column.Name, "is not a time in any of the formats of the mapping"));
        }

        mapping.OccurredAt.TryRead(group.First[column], out var first);
        return first;
    }

    private Interaction Build(RowGroup group, List<CommerceLine> lines, DateTimeOffset occurredAt)
    {
        var first = group.First;
        var interaction = new Interaction
        {
            MessageId = mapping.MessageId.Fill(first),
            Type = mapping.Types.First(rule => Holds(rule.When, group)).Type,
            Channel = mapping.Channel,
            OccurredAt = Timestamp.FromDateTimeOffset(occurredAt + shift),
            Content = new ContentMapper(mapping).Map(first, lines),
        };

        foreach (var rule in mapping.Identifiers)
        {
            if (first[rule.Column] is { Length: > 0 } value)
            {
                interaction.Identifiers.Add(new Identifier { Kind = rule.Kind, Value = rule.Read(value) });
            }
        }

        return interaction;
    }

    private bool Holds(IReadOnlyList<Condition> conditions, RowGroup group) =>
        conditions.All(condition => condition.Holds(group.Rows, mapping.Csv.Numbers));
}
