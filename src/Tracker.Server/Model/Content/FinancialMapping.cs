using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class FinancialMapping
{
    public static FinancialDetails? ToCore(this Wire.FinancialDetails? wire, Place at) => wire is null ? null : new()
    {
        PaymentTerms = wire.PaymentTerms.OrNull(),
        Unpaid = wire.Unpaid.ToCore(at, "unpaid"),
        CreditCheck = wire.CreditCheck.OrNull(),
    };

    public static Wire.FinancialDetails? ToWire(this FinancialDetails? financial) => financial is null ? null : new()
    {
        PaymentTerms = financial.PaymentTerms.OrEmpty(),
        Unpaid = financial.Unpaid.ToWire(),
        CreditCheck = financial.CreditCheck.OrEmpty(),
    };
}
