using System.Net;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Ingestion;

/// <summary>The limits of content, field by field, as the contract states them.</summary>
internal static class ContentRules
{
    private const int MaxLines = 2_000;
    private const int MaxProperties = 50;
    private const int MaxInferences = 50;
    private const int MaxPropertyBytes = 4_096;

    // A summary adds up 10,500 of them at most, and an amount of the contract has 64 bits.
    private const decimal MaxAmount = 1_000_000_000_000;

    public static void Check(InteractionContent content, DateTimeOffset occurredAt, DateTimeOffset receivedAt, Violations violations)
    {
        Check(content.Commerce, violations);
        Check(content.Contact, receivedAt, violations);
        Check(content.Fiscal, violations);
        Check(content.Financial, violations);
        Check(content.Preferences, violations);
        Check(content.Online, violations);
        Check(content.Store, occurredAt, violations);
        Check(content.Origin, violations);
        Check(content.Inferences, occurredAt, violations);
    }

    private static void Check(Commerce? commerce, Violations violations)
    {
        if (commerce is null)
        {
            return;
        }

        const string Path = "content.commerce";
        Check($"{Path}.order_id", commerce.OrderId, 64, violations);
        Check($"{Path}.quote_id", commerce.QuoteId, 64, violations);
        Check($"{Path}.contract_id", commerce.ContractId, 64, violations);
        Check($"{Path}.payment_method", commerce.PaymentMethod, 32, violations);
        Check($"{Path}.total", commerce.Total, violations);
        Check($"{Path}.tax_total", commerce.TaxTotal, violations);
        Check($"{Path}.discount_total", commerce.DiscountTotal, violations);
        Check($"{Path}.shipping_total", commerce.ShippingTotal, violations);
        Check($"{Path}.coupons", commerce.Coupons, 20, 64, violations);
        Check($"{Path}.properties", commerce.Properties, MaxProperties, violations);
        var lines = commerce.Lines ?? [];
        violations.Require(lines.Count <= MaxLines, $"{Path}.lines", $"must have at most {MaxLines} entries");
        // An order has hundreds of lines, and the number of one is only needed where something is wrong.
        var ofLine = new Violations();
        for (var i = 0; i < Math.Min(lines.Count, MaxLines); i++)
        {
            Check(lines[i], ofLine);
            if (!ofLine.IsEmpty)
            {
                violations.AddWithin($"{Path}.lines[{i}]", ofLine);
                ofLine = new Violations();
            }
        }
    }

    private static void Check(CommerceLine line, Violations violations)
    {
        Check("product_id", line.ProductId, 64, violations);
        Check("name", line.Name, 256, violations);
        Check("unit_price", line.UnitPrice, violations);
        Check("amount", line.Amount, violations);
        Check("discount", line.Discount, violations);
        if (line.Gtin is { } gtin)
        {
            violations.Require(gtin.Length is >= 8 and <= 14 && gtin.All(char.IsAsciiDigit), "gtin", "must have 8 to 14 digits");
        }

        Check("attributes", line.Attributes, 20, violations);
    }

    private static void Check(ContactDetails? contact, DateTimeOffset receivedAt, Violations violations)
    {
        if (contact is null)
        {
            return;
        }

        const string Path = "content.contact";
        Check($"{Path}.given_name", contact.GivenName, 128, violations);
        Check($"{Path}.family_name", contact.FamilyName, 128, violations);
        Check($"{Path}.email", contact.Email, 254, violations);
        Check($"{Path}.phone", contact.Phone, 32, violations);
        Check($"{Path}.language", contact.Language, 35, violations);
        violations.AddIf($"{Path}.birth_date", SubjectAge.CheckBirthDate(contact.BirthDate, receivedAt));
        Check($"{Path}.delivery_note", contact.DeliveryNote, 256, violations);
        Check($"{Path}.postal_address", contact.PostalAddress, violations);
    }

    private static void Check(FiscalIdentity? fiscal, Violations violations)
    {
        if (fiscal is null)
        {
            return;
        }

        const string Path = "content.fiscal";
        Check($"{Path}.tax_code", fiscal.TaxCode, 32, violations);
        Check($"{Path}.vat_number", fiscal.VatNumber, 32, violations);
        Check($"{Path}.billing_name", fiscal.BillingName, 256, violations);
        Check($"{Path}.document_number", fiscal.DocumentNumber, 64, violations);
        Check($"{Path}.billing_address", fiscal.BillingAddress, violations);
    }

    private static void Check(FinancialDetails? financial, Violations violations)
    {
        if (financial is null)
        {
            return;
        }

        Check("content.financial.payment_terms", financial.PaymentTerms, 64, violations);
        Check("content.financial.unpaid", financial.Unpaid, violations);
        Check("content.financial.credit_check", financial.CreditCheck, 64, violations);
    }

    private static void Check(Preferences? preferences, Violations violations)
    {
        if (preferences is null)
        {
            return;
        }

        const string Path = "content.preferences";
        Check($"{Path}.styles", preferences.Styles, 20, 64, violations);
        Check($"{Path}.interests", preferences.Interests, 20, 64, violations);
        Check($"{Path}.sex", preferences.Sex, 16, violations);
        Check($"{Path}.education", preferences.Education, 64, violations);
        var sizes = preferences.Sizes ?? [];
        violations.Require(sizes.Count <= 20, $"{Path}.sizes", "must have at most 20 entries");
        for (var i = 0; i < Math.Min(sizes.Count, 20); i++)
        {
            violations.AddIf($"{Path}.sizes[{i}].garment", Text.Check(sizes[i].Garment, 32, isRequired: true));
            violations.AddIf($"{Path}.sizes[{i}].size", Text.Check(sizes[i].Size, 16, isRequired: true));
        }
    }

    private static void Check(OnlineContext? online, Violations violations)
    {
        if (online is null)
        {
            return;
        }

        const string Path = "content.online";
        violations.Require(online.IpAddress is null || IPAddress.TryParse(online.IpAddress, out _), $"{Path}.ip_address", "must be an IPv4 or IPv6 address");
        Check($"{Path}.user_agent", online.UserAgent, 512, violations);
        Check($"{Path}.page_url", online.PageUrl, 2_048, violations);
        Check($"{Path}.page_title", online.PageTitle, 256, violations);
        Check($"{Path}.referrer", online.Referrer, 2_048, violations);
        Check($"{Path}.session_id", online.SessionId, 64, violations);
        Check($"{Path}.search_term", online.SearchTerm, 256, violations);
        violations.Require(
            online.TimeSpent is null || (online.TimeSpent >= TimeSpan.Zero && online.TimeSpent <= TimeSpan.FromHours(24)),
            $"{Path}.time_spent",
            "must be from 0 to 24 hours");
        Check($"{Path}.properties", online.Properties, MaxProperties, violations);
        if (online.Campaign is { } campaign)
        {
            Check($"{Path}.campaign.campaign_id", campaign.CampaignId, 64, violations);
            Check($"{Path}.campaign.name", campaign.Name, 128, violations);
            Check($"{Path}.campaign.source", campaign.Source, 128, violations);
            Check($"{Path}.campaign.medium", campaign.Medium, 128, violations);
            Check($"{Path}.campaign.term", campaign.Term, 128, violations);
            Check($"{Path}.campaign.content", campaign.Content, 128, violations);
        }
    }

    private static void Check(StoreContext? store, DateTimeOffset occurredAt, Violations violations)
    {
        if (store is null)
        {
            return;
        }

        const string Path = "content.store";
        Check($"{Path}.store_id", store.StoreId, 64, violations);
        Check($"{Path}.workstation_id", store.WorkstationId, 64, violations);
        Check($"{Path}.receipt_number", store.ReceiptNumber, 64, violations);
        if (store.BusinessDate is { } day)
        {
            // It sets the ten years of tax law: a date far off would keep a receipt far too long, or not long enough.
            var distance = day.DayNumber - DateOnly.FromDateTime(occurredAt.UtcDateTime).DayNumber;
            violations.Require(distance is >= -31 and <= 1, $"{Path}.business_date", "must be from 31 days before to 1 day after occurred_at");
        }
    }

    private static void Check(LeadOrigin? origin, Violations violations)
    {
        if (origin is null)
        {
            return;
        }

        violations.Require(origin.Kind != LeadOriginKind.Unspecified, "content.origin.kind", "is required");
        Check("content.origin.name", origin.Name, 128, violations);
    }

    private static void Check(IReadOnlyList<Inference>? inferences, DateTimeOffset occurredAt, Violations violations)
    {
        violations.Require((inferences?.Count ?? 0) <= MaxInferences, "content.inferences", $"must have at most {MaxInferences} entries");
        for (var i = 0; i < Math.Min(inferences?.Count ?? 0, MaxInferences); i++)
        {
            var (path, inference) = ($"content.inferences[{i}]", inferences![i]);
            violations.AddIf($"{path}.name", Text.CheckName(inference.Name, 64));
            Check($"{path}.string_value", inference.Text, 128, violations);
            // Its retention is counted from here (IT-PRO-2).
            violations.Require(inference.ComputedAt <= occurredAt + SenderClock.Tolerance, $"{path}.computed_at", "is required, and must not be after occurred_at");
        }
    }

    private static void Check(string path, PostalAddress? address, Violations violations)
    {
        if (address is null)
        {
            return;
        }

        // By it the rules for children are found (GDPR Art. 8), so that a country nobody knows would be a guess.
        violations.Require(address.Region is null or "" || IdentifierNormaliser.IsRegion(address.Region.ToUpperInvariant()), $"{path}.region_code", "must be a CLDR region code: two letters such as IT");
        Check($"{path}.postal_code", address.PostalCode, 16, violations);
        Check($"{path}.administrative_area", address.AdministrativeArea, 64, violations);
        Check($"{path}.locality", address.Locality, 128, violations);
        Check($"{path}.organization", address.Organization, 128, violations);
        Check($"{path}.address_lines", address.Lines, 5, 128, violations);
        Check($"{path}.recipients", address.Recipients, 5, 128, violations);
    }

    private static void Check(string path, Money? money, Violations violations)
    {
        if (money is not null && !Currencies.IsCode(money.Currency))
        {
            violations.Add($"{path}.currency_code", "must be an active code of ISO 4217, such as EUR");
        }

        if (money is not null && Math.Abs(money.Amount) > MaxAmount)
        {
            violations.Add($"{path}.units", "must be from -1,000,000,000,000 to 1,000,000,000,000, nanos included");
        }
    }

    private static void Check(string path, string? text, int maxLength, Violations violations)
    {
        if (text is not null)
        {
            violations.AddIf(path, Text.Check(text, maxLength));
        }
    }

    private static void Check(string path, IReadOnlyList<string>? texts, int maxCount, int maxLength, Violations violations)
    {
        violations.Require((texts?.Count ?? 0) <= maxCount, path, $"must have at most {maxCount} entries");
        for (var i = 0; i < Math.Min(texts?.Count ?? 0, maxCount); i++)
        {
            violations.AddIf($"{path}[{i}]", Text.Check(texts![i], maxLength, isRequired: true));
        }
    }

    private static void Check(string path, IReadOnlyList<Property>? properties, int maxCount, Violations violations)
    {
        if (properties is null)
        {
            return;
        }

        violations.Require(properties.Count <= maxCount, path, $"must have at most {maxCount} entries");
        violations.Require(
            properties.Sum(property => property.Key.Length + Encoding.UTF8.GetByteCount(property.Text ?? "") + 8) <= MaxPropertyBytes,
            path,
            $"must have at most {MaxPropertyBytes} bytes together");
        for (var i = 0; i < Math.Min(properties.Count, maxCount); i++)
        {
            violations.AddIf($"{path}[{i}].key", Text.CheckName(properties[i].Key, 64));
            Check($"{path}[{i}].string_value", properties[i].Text, 512, violations);
        }
    }
}
