using Google.Protobuf.Collections;
using Tracker.Core.Model.Content;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model.Content;

internal static class CommerceMapping
{
    public static Commerce? ToCore(this Wire.Commerce? wire, Place at) => wire is null ? null : new()
    {
        OrderId = wire.OrderId.OrNull(),
        QuoteId = wire.QuoteId.OrNull(),
        ContractId = wire.ContractId.OrNull(),
        Lines = wire.Lines.ToCore(at),
        Total = wire.Total.ToCore(at, "total"),
        TaxTotal = wire.TaxTotal.ToCore(at, "tax_total"),
        DiscountTotal = wire.DiscountTotal.ToCore(at, "discount_total"),
        ShippingTotal = wire.ShippingTotal.ToCore(at, "shipping_total"),
        Coupons = wire.Coupons.OrNull(),
        PaymentMethod = wire.PaymentMethod.OrNull(),
        Properties = wire.Properties.ToCore(at, "properties"),
    };

    public static Wire.Commerce? ToWire(this Commerce? commerce) => commerce is null ? null : new()
    {
        OrderId = commerce.OrderId.OrEmpty(),
        QuoteId = commerce.QuoteId.OrEmpty(),
        ContractId = commerce.ContractId.OrEmpty(),
        Lines = { commerce.Lines.OrEmpty().Select(ToWire) },
        Total = commerce.Total.ToWire(),
        TaxTotal = commerce.TaxTotal.ToWire(),
        DiscountTotal = commerce.DiscountTotal.ToWire(),
        ShippingTotal = commerce.ShippingTotal.ToWire(),
        Coupons = { commerce.Coupons.OrEmpty() },
        PaymentMethod = commerce.PaymentMethod.OrEmpty(),
        Properties = { commerce.Properties.ToWire() },
    };

    private static CommerceLine[]? ToCore(this RepeatedField<Wire.CommerceLine> wire, Place at)
    {
        if (wire.Count == 0)
        {
            return null;
        }

        var lines = new CommerceLine[wire.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = ToCore(wire[i], at.In("lines", i));
        }

        return lines;
    }

    private static CommerceLine ToCore(Wire.CommerceLine wire, Place at) => new()
    {
        ProductId = wire.ProductId.OrNull(),
        Name = wire.Name.OrNull(),
        Quantity = wire.Quantity.ToCore(at, "quantity"),
        UnitPrice = wire.UnitPrice.ToCore(at, "unit_price"),
        Amount = wire.Amount.ToCore(at, "amount"),
        Discount = wire.Discount.ToCore(at, "discount"),
        Gtin = wire.Gtin.OrNull(),
        Attributes = wire.Attributes.ToCore(at, "attributes"),
    };

    private static Wire.CommerceLine ToWire(CommerceLine line) => new()
    {
        ProductId = line.ProductId.OrEmpty(),
        Name = line.Name.OrEmpty(),
        Quantity = line.Quantity.ToWire(),
        UnitPrice = line.UnitPrice.ToWire(),
        Amount = line.Amount.ToWire(),
        Discount = line.Discount.ToWire(),
        Gtin = line.Gtin.OrEmpty(),
        Attributes = { line.Attributes.ToWire() },
    };
}
