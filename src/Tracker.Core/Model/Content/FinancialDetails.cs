namespace Tracker.Core.Model.Content;

public sealed record FinancialDetails
{
    public string? PaymentTerms { get; init; }

    public Money? Unpaid { get; init; }

    public string? CreditCheck { get; init; }
}
