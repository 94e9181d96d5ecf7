using MongoDB.Bson;
using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Catalog;

internal sealed class CatalogCodec : DocumentCodec<CatalogEntry>
{
    public override DateTimeOffset? ExpireAt(CatalogEntry document) => document.ExpireAt;

    protected override void WriteFields(DocumentWriter written, CatalogEntry document)
    {
        written.Add("kind", (int)document.Kind);
        written.Add("id", document.Id);
        written.Add("name", document.Name);
        written.Text("category", document.Category);
        written.Number("special_category", (int)document.SpecialCategory);
        written.Date("updated_at", document.UpdatedAt);
        written.Documents("attributes", document.Attributes, PropertyField.Write);
        if (document.Product is { } product)
        {
            written.Document("product", product, DetailFields.Write);
        }

        if (document.Store is { } store)
        {
            written.Document("store", store, DetailFields.Write);
        }

        if (document.Campaign is { } campaign)
        {
            written.Document("campaign", campaign, DetailFields.Write);
        }
    }

    protected override CatalogEntry ReadFields(BsonDocument document, DateTimeOffset? expireAt, IReadOnlyList<string> holds) => new()
    {
        ExpireAt = expireAt!.Value,
        Tenant = DocumentId.TenantOf(document["_id"].AsString),
        Kind = (CatalogKind)document.Number("kind"),
        Id = document.Text("id"),
        Name = document.Text("name"),
        Category = document.Text("category"),
        SpecialCategory = (SpecialCategory)document.Number("special_category"),
        UpdatedAt = document.Time("updated_at"),
        Attributes = document.List("attributes", PropertyField.Read),
        Product = document.TryGetValue("product", out var product) ? DetailFields.ReadProduct(product.AsBsonDocument) : null,
        Store = document.TryGetValue("store", out var store) ? DetailFields.ReadStore(store.AsBsonDocument) : null,
        Campaign = document.TryGetValue("campaign", out var campaign) ? DetailFields.ReadCampaign(campaign.AsBsonDocument) : null,
    };
}
