namespace Tracker.Core.Model.Content;

public sealed record StoreContext
{
    public string? StoreId { get; init; }

    public string? WorkstationId { get; init; }

    public string? ReceiptNumber { get; init; }

    public DateOnly? BusinessDate { get; init; }
}
