using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class FiscalMapping
{
    public static FiscalIdentity? ToCore(this Wire.FiscalIdentity? wire) => wire is null ? null : new()
    {
        TaxCode = wire.TaxCode.OrNull(),
        VatNumber = wire.VatNumber.OrNull(),
        BillingName = wire.BillingName.OrNull(),
        BillingAddress = wire.BillingAddress.ToCore(),
        DocumentNumber = wire.DocumentNumber.OrNull(),
    };

    public static Wire.FiscalIdentity? ToWire(this FiscalIdentity? fiscal) => fiscal is null ? null : new()
    {
        TaxCode = fiscal.TaxCode.OrEmpty(),
        VatNumber = fiscal.VatNumber.OrEmpty(),
        BillingName = fiscal.BillingName.OrEmpty(),
        BillingAddress = fiscal.BillingAddress.ToWire(),
        DocumentNumber = fiscal.DocumentNumber.OrEmpty(),
    };
}
