using MongoDB.Bson;
using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;

namespace Tracker.Storage.Mongo.Catalog;

/// <summary>What products, stores and campaigns have each for themselves; null and empty are told apart.</summary>
internal static class DetailFields
{
    public static void Write(DocumentWriter written, ProductDetails product)
    {
        written.NullableText("gtin", product.Gtin);
        written.NullableText("brand", product.Brand);
        written.Flag("indirect_remuneration", product.HasIndirectRemuneration);
    }

    public static void Write(DocumentWriter written, StoreDetails store)
    {
        written.NullableText("region", store.Region);
        written.NullableText("country", store.Country);
        written.Time("opened_at", store.OpenedAt);
        written.Time("closed_at", store.ClosedAt);
    }

    public static void Write(DocumentWriter written, CampaignDetails campaign)
    {
        written.Add("channel", (int)campaign.Channel);
        written.Time("starts_at", campaign.StartsAt);
        written.Time("ends_at", campaign.EndsAt);
        written.Numbers("contact_channels", campaign.ContactChannels, channel => (int)channel);
        if (campaign.Cost is { } cost)
        {
            written.Add("currency", cost.Currency);
            written.Add("amount", new BsonDecimal128(new Decimal128(cost.Amount)));
        }
    }

    public static ProductDetails ReadProduct(BsonDocument document) => new()
    {
        Gtin = document.NullableText("gtin"),
        Brand = document.NullableText("brand"),
        HasIndirectRemuneration = document.Flag("indirect_remuneration"),
    };

    public static StoreDetails ReadStore(BsonDocument document) => new()
    {
        Region = document.NullableText("region"),
        Country = document.NullableText("country"),
        OpenedAt = document.NullableTime("opened_at"),
        ClosedAt = document.NullableTime("closed_at"),
    };

    public static CampaignDetails ReadCampaign(BsonDocument document) => new()
    {
        Channel = (Channel)document.Number("channel"),
        StartsAt = document.NullableTime("starts_at"),
        EndsAt = document.NullableTime("ends_at"),
        Cost = document.NullableText("currency") is { } currency ? new Money(currency, Decimal128.ToDecimal(document["amount"].AsDecimal128)) : null,
        ContactChannels = document.List("contact_channels", value => (ContactChannel)value.AsInt32),
    };
}
