using System.Globalization;
using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Documents;

namespace Tracker.Storage.RocksDb.Catalog;

internal sealed class CatalogCodec : DocumentCodec<CatalogEntry>
{
    public override DateTimeOffset? ExpireAt(CatalogEntry document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter writer, CatalogEntry document)
    {
        writer.Text(document.Tenant.Value);
        writer.Byte((byte)document.Kind);
        writer.Text(document.Id);
        writer.Text(document.Name);
        writer.Text(document.Category);
        writer.Byte((byte)document.SpecialCategory);
        writer.Time(document.UpdatedAt);
        PropertyFields.Write(writer, document.Attributes);
        WriteProduct(writer, document.Product);
        WriteStore(writer, document.Store);
        WriteCampaign(writer, document.Campaign);
    }

    protected override CatalogEntry ReadFields(ref DocumentReader reader, DateTimeOffset? expireAt) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = new TenantId(reader.Text()),
        Kind = (CatalogKind)reader.Byte(),
        Id = reader.Text(),
        Name = reader.Text(),
        Category = reader.Text(),
        SpecialCategory = (SpecialCategory)reader.Byte(),
        UpdatedAt = reader.Time(),
        Attributes = PropertyFields.Read(ref reader),
        Product = ReadProduct(ref reader),
        Store = ReadStore(ref reader),
        Campaign = ReadCampaign(ref reader),
    };

    private static void WriteProduct(DocumentWriter writer, ProductDetails? product)
    {
        writer.Flag(product is not null);
        if (product is not null)
        {
            writer.NullableText(product.Gtin);
            writer.NullableText(product.Brand);
            writer.Flag(product.HasIndirectRemuneration);
        }
    }

    private static ProductDetails? ReadProduct(ref DocumentReader reader) => !reader.Flag() ? null : new()
    {
        Gtin = reader.NullableText(),
        Brand = reader.NullableText(),
        HasIndirectRemuneration = reader.Flag(),
    };

    private static void WriteStore(DocumentWriter writer, StoreDetails? store)
    {
        writer.Flag(store is not null);
        if (store is not null)
        {
            writer.NullableText(store.Region);
            writer.NullableText(store.Country);
            writer.Time(store.OpenedAt);
            writer.Time(store.ClosedAt);
        }
    }

    private static StoreDetails? ReadStore(ref DocumentReader reader) => !reader.Flag() ? null : new()
    {
        Region = reader.NullableText(),
        Country = reader.NullableText(),
        OpenedAt = reader.NullableTime(),
        ClosedAt = reader.NullableTime(),
    };

    private static void WriteCampaign(DocumentWriter writer, CampaignDetails? campaign)
    {
        writer.Flag(campaign is not null);
        if (campaign is null)
        {
            return;
        }

        writer.Byte((byte)campaign.Channel);
        writer.Time(campaign.StartsAt);
        writer.Time(campaign.EndsAt);
        writer.NullableText(campaign.Cost?.Currency);
        if (campaign.Cost is { } cost)
        {
            writer.Text(cost.Amount.ToString(CultureInfo.InvariantCulture));
        }

        writer.Bytes([.. campaign.ContactChannels.Select(channel => (byte)channel)]);
    }

    private static CampaignDetails? ReadCampaign(ref DocumentReader reader) => !reader.Flag() ? null : new()
    {
        Channel = (Channel)reader.Byte(),
        StartsAt = reader.NullableTime(),
        EndsAt = reader.NullableTime(),
        Cost = reader.NullableText() is { } currency ? new Money(currency, decimal.Parse(reader.Text(), CultureInfo.InvariantCulture)) : null,
        ContactChannels = [.. reader.Bytes().Select(channel => (ContactChannel)channel)],
    };
}
