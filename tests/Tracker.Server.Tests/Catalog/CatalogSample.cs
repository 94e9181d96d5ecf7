using Google.Protobuf.WellKnownTypes;
using Tracker.Server.Tests.Ingestion;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Catalog;

/// <summary>Entries in which every field is set that a caller may set.</summary>
internal static class CatalogSample
{
    public static Wire.CatalogProduct Product() => new()
    {
        ProductId = "insulin",
        Name = "Insulin, 10 ml",
        Category = "pharmacy/prescription",
        Gtin = "4006381333931",
        Brand = "Acme",
        SpecialCategory = Wire.SpecialCategory.Health,
        IndirectRemuneration = true,
        Attributes =
        {
            new Wire.Property { Key = "size", StringValue = "10 ml" },
            new Wire.Property { Key = "pieces", IntValue = 3 },
            new Wire.Property { Key = "weight", DoubleValue = 0.25 },
            new Wire.Property { Key = "cooled", BoolValue = true },
            new Wire.Property { Key = "since", TimestampValue = Sample.Noon.ToTimestamp() },
        },
    };

    public static Wire.CatalogStore Store() => new()
    {
        StoreId = "milano-1",
        Name = "Milano, Duomo",
        Region = "Lombardia",
        CountryCode = "IT",
        OpenedAt = Sample.Noon.AddYears(-70).ToTimestamp(),
        ClosedAt = Sample.Noon.AddYears(1).ToTimestamp(),
        Attributes = { new Wire.Property { Key = "floors", IntValue = 2 } },
    };

    public static Wire.CatalogCampaign Campaign() => new()
    {
        CampaignId = "spring",
        Name = "Spring",
        Channel = Wire.Channel.Web,
        StartsAt = Sample.Noon.ToTimestamp(),
        EndsAt = Sample.Noon.AddDays(14).ToTimestamp(),
        Cost = new() { CurrencyCode = "EUR", Units = 1_250, Nanos = 500_000_000 },
        ContactChannels = { Wire.ContactChannel.Email, Wire.ContactChannel.Sms },
        Attributes = { new Wire.Property { Key = "agency", StringValue = "none" } },
    };
}
