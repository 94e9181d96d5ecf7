namespace Tracker.Core.Model.Content;

public sealed record Commerce
{
    public string? OrderId { get; init; }

    public string? QuoteId { get; init; }

    public string? ContractId { get; init; }

    public IReadOnlyList<CommerceLine>? Lines { get; init; }

    public Money? Total { get; init; }

    public Money? TaxTotal { get; init; }

    public Money? DiscountTotal { get; init; }

    public Money? ShippingTotal { get; init; }

    public IReadOnlyList<string>? Coupons { get; init; }

    public string? PaymentMethod { get; init; }

    public IReadOnlyList<Property>? Properties { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(Commerce);
}
