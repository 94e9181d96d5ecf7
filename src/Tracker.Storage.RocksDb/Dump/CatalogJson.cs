using System.Text.Json;
using Tracker.Core.Catalog;

namespace Tracker.Storage.RocksDb.Dump;

internal static class CatalogJson
{
    public static void Write(Utf8JsonWriter json, CatalogEntry entry)
    {
        json.WriteString("tenant", entry.Tenant.Value);
        json.WriteEnum("kind", entry.Kind);
        json.WriteString("id", entry.Id);
        json.WriteString("name", entry.Name);
        json.WriteString("category", entry.Category);
        json.WriteEnum("special_category", entry.SpecialCategory);
        WriteProduct(json, entry.Product);
        WriteStore(json, entry.Store);
        WriteCampaign(json, entry.Campaign);
        json.WriteTexts("attributes", entry.Attributes.Select(attribute => attribute.Key));
        json.WriteTime("updated_at", entry.UpdatedAt);
        json.WriteTime("expire_at", entry.ExpireAt);
    }

    private static void WriteProduct(Utf8JsonWriter json, ProductDetails? product)
    {
        if (product is null)
        {
            return;
        }

        json.WriteString("gtin", product.Gtin);
        json.WriteString("brand", product.Brand);
        json.WriteBoolean("indirect_remuneration", product.HasIndirectRemuneration);
    }

    private static void WriteStore(Utf8JsonWriter json, StoreDetails? store)
    {
        if (store is null)
        {
            return;
        }

        json.WriteString("region", store.Region);
        json.WriteString("country_code", store.Country);
        json.WriteTime("opened_at", store.OpenedAt);
        json.WriteTime("closed_at", store.ClosedAt);
    }

    private static void WriteCampaign(Utf8JsonWriter json, CampaignDetails? campaign)
    {
        if (campaign is null)
        {
            return;
        }

        json.WriteEnum("channel", campaign.Channel);
        json.WriteTime("starts_at", campaign.StartsAt);
        json.WriteTime("ends_at", campaign.EndsAt);
        if (campaign.Cost is { } cost)
        {
            json.WriteStartObject("cost");
            json.WriteString("currency_code", cost.Currency);
            json.WriteNumber("amount", cost.Amount);
            json.WriteEndObject();
        }

        json.WriteEnums("contact_channels", campaign.ContactChannels);
    }
}
