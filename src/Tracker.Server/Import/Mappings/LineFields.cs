namespace Tracker.Server.Import.Mappings;

/// <summary>Where the fields of a line come from.</summary>
/// <param name="Amount">The columns whose product is the amount: one, or quantity and unit price.</param>
internal sealed record LineFields(
    Column? ProductId,
    Column? Name,
    Column? Quantity,
    Column? UnitPrice,
    IReadOnlyList<Column> Amount);
