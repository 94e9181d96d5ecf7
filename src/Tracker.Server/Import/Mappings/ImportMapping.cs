using Tracker.Contracts.V1;

namespace Tracker.Server.Import.Mappings;

/// <summary>What becomes of the rows of a file: one interaction for each group of rows.</summary>
internal sealed record ImportMapping(
    string Name,
    CsvShape Csv,
    IReadOnlyList<Column> Columns,
    Column GroupBy,
    MessageIdTemplate MessageId,
    OccurredAtRule OccurredAt,
    Channel Channel,
    IReadOnlyList<SkipRule> Skip,
    IReadOnlyList<TypeRule> Types,
    IReadOnlyList<IdentifierRule> Identifiers,
    DocumentFields Document,
    LineFields Lines,
    string Currency,
    Rounding Rounding,
    bool HasTotal,
    ShiftMode Shift);
