using Google.Protobuf.WellKnownTypes;
using GoogleType = Google.Type;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Ingestion;

/// <summary>A valid interaction that has every kind of field.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static Wire.Interaction Purchase() => new()
    {
        MessageId = "m-1",
        Type = "purchase.completed",
        Channel = Wire.Channel.Pos,
        OccurredAt = Noon.ToTimestamp(),
        SentAt = Noon.AddSeconds(1).ToTimestamp(),
        Identifiers = { new Wire.Identifier { Kind = Wire.IdentifierKind.Email, Value = "ada@example.com" } },
        Initiator = Wire.Initiator.Subject,
        Purposes = { Wire.Purpose.AccountingTax, Wire.Purpose.OrderFulfilment },
        Content = Content(),
    };

    public static Wire.Content Content() => new()
    {
        Commerce = Commerce(),
        Contact = new Wire.ContactDetails
        {
            GivenName = "Ada",
            BirthDate = new GoogleType.Date { Year = 1990, Month = 2, Day = 28 },
            PostalAddress = new GoogleType.PostalAddress { RegionCode = "IT", PostalCode = "20121", AddressLines = { "Via Roma 1" } },
        },
        Fiscal = new Wire.FiscalIdentity { TaxCode = "RSSMRA85T10A562S", DocumentNumber = "F-1" },
        Financial = new Wire.FinancialDetails { PaymentTerms = "30 days", Unpaid = Euro(1, 0) },
        Preferences = new Wire.Preferences { Sizes = { new Wire.GarmentSize { Garment = "shoes", Size = "42" } }, Styles = { "casual" } },
        Online = new Wire.OnlineContext
        {
            IpAddress = "192.0.2.1",
            TimeSpent = Duration.FromTimeSpan(TimeSpan.FromSeconds(90)),
            Campaign = new Wire.Campaign { Name = "spring" },
            Properties = { new Wire.Property { Key = "ab", BoolValue = true } },
        },
        Store = new Wire.StoreContext { StoreId = "7", BusinessDate = new GoogleType.Date { Year = 2026, Month = 11, Day = 23 } },
        Origin = new Wire.LeadOrigin { Kind = Wire.LeadOriginKind.Fair, Name = "Expo" },
        Inferences =
        {
            new Wire.Inference { Name = "churn", DoubleValue = 0.8, ComputedAt = Noon.ToTimestamp() },
            new Wire.Inference { Name = "segment", StringValue = "vegan", SpecialCategory = Wire.SpecialCategory.Religion, ComputedAt = Noon.ToTimestamp() },
        },
    };

    public static GoogleType.Money Euro(long units, int nanos) => new() { CurrencyCode = "EUR", Units = units, Nanos = nanos };

    private static Wire.Commerce Commerce() => new()
    {
        OrderId = "o-1",
        Lines =
        {
            new Wire.CommerceLine
            {
                ProductId = "p-1",
                Quantity = new GoogleType.Decimal { Value = "1.250" },
                UnitPrice = Euro(9, 990_000_000),
                Amount = Euro(12, 490_000_000),
                Attributes = { new Wire.Property { Key = "colour", StringValue = "red" }, new Wire.Property { Key = "weight", DoubleValue = 1.5 } },
            },
        },
        Total = Euro(12, 490_000_000),
        Coupons = { "SPRING" },
        Properties = { new Wire.Property { Key = "points", IntValue = 12 }, new Wire.Property { Key = "due", TimestampValue = Noon.ToTimestamp() } },
    };
}
