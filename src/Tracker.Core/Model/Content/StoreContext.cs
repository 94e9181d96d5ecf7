namespace Tracker.Core.Model.Content;

public sealed record StoreContext
{
    public string? StoreId { get; init; }

    public string? WorkstationId { get; init; }

    public string? ReceiptNumber { get; init; }

    public DateOnly? BusinessDate { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(StoreContext);
}
