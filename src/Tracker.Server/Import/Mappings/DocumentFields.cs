namespace Tracker.Server.Import.Mappings;

/// <summary>Where the numbers of the order, invoice or receipt come from; the first line of a group counts.</summary>
internal sealed record DocumentFields(
    Column? OrderId,
    Column? DocumentNumber,
    Column? StoreId,
    Column? ReceiptNumber);
