using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Catalog;

/// <summary>The limits of the catalogue, field by field, as the contract states them.</summary>
internal static class CatalogRules
{
    private const int MaxNameLength = 256;
    private const int MaxCategoryLevels = 10;
    private const int MaxAttributes = 20;
    private const int MaxAttributeBytes = 4_096;

    public static Violations Check(CatalogDraft draft)
    {
        var violations = Violations.After(draft.Violations);
        CheckId(draft.Kind, draft.Id, violations);
        violations.AddIf("name", Text.Check(draft.Name, MaxNameLength, isRequired: true));
        CheckCategory(draft.Category, violations);
        Check(draft.Product, violations);
        Check(draft.Store, violations);
        Check(draft.Campaign, violations);
        Check(draft.Attributes, violations);
        return violations;
    }

    /// <summary>An id is compared byte for byte with what interactions name: what cannot be told apart by eye or was lost on the way would never be met.</summary>
    public static void CheckId(CatalogKind kind, string id, Violations violations)
    {
        var field = $"{EnumNames<CatalogKind>.Of(kind).ToLowerInvariant()}_id";
        violations.AddIf(field, Text.Check(id, CatalogEntry.MaxIdLength, isRequired: true));
        violations.Require(Text.IsWhole(id), field, Text.NoLostCharacters);
        violations.Require(id.Length == id.Trim().Length, field, "must not begin or end with white space");
    }

    private static void CheckCategory(string category, Violations violations)
    {
        violations.AddIf("category", Text.Check(category, MaxNameLength));
        var levels = category.Length == 0 ? [] : category.Split('/');
        violations.Require(levels.Length <= MaxCategoryLevels, "category", $"must have at most {MaxCategoryLevels} levels");
        violations.Require(levels.All(level => !string.IsNullOrWhiteSpace(level)), "category", "must have a name on every level between \"/\"");
    }

    private static void Check(ProductDetails? product, Violations violations)
    {
        if (product is null)
        {
            return;
        }

        violations.Require(product.Gtin is null || (product.Gtin.Length is >= 8 and <= 14 && product.Gtin.All(char.IsAsciiDigit)), "gtin", "must have 8 to 14 digits");
        violations.AddIf("brand", Text.Check(product.Brand ?? "", 128));
    }

    private static void Check(StoreDetails? store, Violations violations)
    {
        if (store is null)
        {
            return;
        }

        violations.AddIf("region", Text.Check(store.Region ?? "", 64));
        violations.Require(
            store.Country is null || (store.Country.Length == 2 && store.Country.All(char.IsAsciiLetterUpper)),
            "country_code",
            "must be two capital letters of ISO 3166-1, such as IT");
        violations.Require(!(store.ClosedAt <= store.OpenedAt), "closed_at", "must be after opened_at");
    }

    private static void Check(CampaignDetails? campaign, Violations violations)
    {
        if (campaign is null)
        {
            return;
        }

        violations.Require(!(campaign.EndsAt <= campaign.StartsAt), "ends_at", "must be after starts_at");
        violations.Require(campaign.Cost is not { } price || Currencies.IsCode(price.Currency), "cost.currency_code", "must be an active code of ISO 4217, such as EUR");
        violations.Require(campaign.Cost is not { Amount: < 0 }, "cost", "must not be negative");
        violations.Require(!campaign.ContactChannels.Contains(ContactChannel.Unspecified), "contact_channels", "must not hold UNSPECIFIED");
        violations.Require(campaign.ContactChannels.Distinct().Count() == campaign.ContactChannels.Count, "contact_channels", "must name each medium once");
    }

    private static void Check(IReadOnlyList<Property> attributes, Violations violations)
    {
        violations.Require(attributes.Count <= MaxAttributes, "attributes", $"must have at most {MaxAttributes} entries");
        violations.Require(
            attributes.Sum(attribute => attribute.Key.Length + Encoding.UTF8.GetByteCount(attribute.Text ?? "") + 8) <= MaxAttributeBytes,
            "attributes",
            $"must have at most {MaxAttributeBytes} bytes together");
        violations.Require(attributes.DistinctBy(attribute => attribute.Key).Count() == attributes.Count, "attributes", "must have each key once");
        for (var i = 0; i < Math.Min(attributes.Count, MaxAttributes); i++)
        {
            violations.AddIf($"attributes[{i}].key", Text.CheckName(attributes[i].Key, 64));
            violations.AddIf($"attributes[{i}].string_value", Text.Check(attributes[i].Text ?? "", 512));
        }
    }
}
