namespace Tracker.Core.Model.Content;

public sealed record FiscalIdentity
{
    public string? TaxCode { get; init; }

    public string? VatNumber { get; init; }

    public string? BillingName { get; init; }

    public PostalAddress? BillingAddress { get; init; }

    public string? DocumentNumber { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(FiscalIdentity);
}
