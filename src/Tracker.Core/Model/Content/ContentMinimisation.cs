using static Tracker.Core.Model.Content.ContentField;

namespace Tracker.Core.Model.Content;

/// <summary>Which fields a content has, and a content cut down to a set of fields (GDPR Art. 5(1)(c)).</summary>
public static class ContentMinimisation
{
    public static FieldSet Fields(this InteractionContent content) =>
        Fields(content.Commerce) | Fields(content.Contact) | Fields(content.Fiscal) | Fields(content.Financial)
        | Fields(content.Preferences) | Fields(content.Online) | Fields(content.Store) | Fields(content.Origin)
        | default(FieldSet).With(Inferences, content.Inferences is { Count: > 0 });

    public static InteractionContent Keep(this InteractionContent content, FieldSet keep) => new()
    {
        Commerce = Keep(content.Commerce, keep),
        Contact = Keep(content.Contact, keep),
        Fiscal = Keep(content.Fiscal, keep),
        Financial = Keep(content.Financial, keep),
        Preferences = Keep(content.Preferences, keep),
        Online = Keep(content.Online, keep),
        Store = Keep(content.Store, keep),
        Origin = Keep(content.Origin, keep),
        Inferences = keep.Contains(Inferences) ? content.Inferences : null,
    };

    private static FieldSet Fields(Commerce? commerce) => commerce is null ? default : default(FieldSet)
        .With(CommerceOrderId, commerce.OrderId is not null)
        .With(CommerceQuoteId, commerce.QuoteId is not null)
        .With(CommerceContractId, commerce.ContractId is not null)
        .With(CommerceLines, commerce.Lines is { Count: > 0 })
        .With(CommerceLineAttributes, HasAttributes(commerce.Lines))
        .With(CommerceTotal, commerce.Total is not null)
        .With(CommerceTaxTotal, commerce.TaxTotal is not null)
        .With(CommerceDiscountTotal, commerce.DiscountTotal is not null)
        .With(CommerceShippingTotal, commerce.ShippingTotal is not null)
        .With(CommerceCoupons, commerce.Coupons is { Count: > 0 })
        .With(CommercePaymentMethod, commerce.PaymentMethod is not null)
        .With(CommerceProperties, commerce.Properties is { Count: > 0 });

    private static Commerce? Keep(Commerce? commerce, FieldSet keep) => (keep & Fields(commerce)).IsEmpty ? null : new()
    {
        OrderId = keep.Contains(CommerceOrderId) ? commerce!.OrderId : null,
        QuoteId = keep.Contains(CommerceQuoteId) ? commerce!.QuoteId : null,
        ContractId = keep.Contains(CommerceContractId) ? commerce!.ContractId : null,
        Lines = keep.Contains(CommerceLines) ? Keep(commerce!.Lines, keep) : null,
        Total = keep.Contains(CommerceTotal) ? commerce!.Total : null,
        TaxTotal = keep.Contains(CommerceTaxTotal) ? commerce!.TaxTotal : null,
        DiscountTotal = keep.Contains(CommerceDiscountTotal) ? commerce!.DiscountTotal : null,
        ShippingTotal = keep.Contains(CommerceShippingTotal) ? commerce!.ShippingTotal : null,
        Coupons = keep.Contains(CommerceCoupons) ? commerce!.Coupons : null,
        PaymentMethod = keep.Contains(CommercePaymentMethod) ? commerce!.PaymentMethod : null,
        Properties = keep.Contains(CommerceProperties) ? commerce!.Properties : null,
    };

    private static bool HasAttributes(IReadOnlyList<CommerceLine>? lines) =>
        lines is not null && lines.Any(line => line.Attributes is { Count: > 0 });

    private static IReadOnlyList<CommerceLine>? Keep(IReadOnlyList<CommerceLine>? lines, FieldSet keep) =>
        lines is null || keep.Contains(CommerceLineAttributes) || !HasAttributes(lines)
            ? lines
            : [.. lines.Select(line => line with { Attributes = null })];

    private static FieldSet Fields(ContactDetails? contact) => contact is null ? default : default(FieldSet)
        .With(ContactGivenName, contact.GivenName is not null)
        .With(ContactFamilyName, contact.FamilyName is not null)
        .With(ContactEmail, contact.Email is not null)
        .With(ContactPhone, contact.Phone is not null)
        .With(ContactBirthDate, contact.BirthDate is not null)
        .With(ContactPostalAddress, contact.PostalAddress is not null)
        .With(ContactLanguage, contact.Language is not null)
        .With(ContactDeliveryNote, contact.DeliveryNote is not null);

    private static ContactDetails? Keep(ContactDetails? contact, FieldSet keep) => (keep & Fields(contact)).IsEmpty ? null : new()
    {
        GivenName = keep.Contains(ContactGivenName) ? contact!.GivenName : null,
        FamilyName = keep.Contains(ContactFamilyName) ? contact!.FamilyName : null,
        Email = keep.Contains(ContactEmail) ? contact!.Email : null,
        Phone = keep.Contains(ContactPhone) ? contact!.Phone : null,
        BirthDate = keep.Contains(ContactBirthDate) ? contact!.BirthDate : null,
        PostalAddress = keep.Contains(ContactPostalAddress) ? contact!.PostalAddress : null,
        Language = keep.Contains(ContactLanguage) ? contact!.Language : null,
        DeliveryNote = keep.Contains(ContactDeliveryNote) ? contact!.DeliveryNote : null,
    };

    private static FieldSet Fields(FiscalIdentity? fiscal) => fiscal is null ? default : default(FieldSet)
        .With(FiscalTaxCode, fiscal.TaxCode is not null)
        .With(FiscalVatNumber, fiscal.VatNumber is not null)
        .With(FiscalBillingName, fiscal.BillingName is not null)
        .With(FiscalBillingAddress, fiscal.BillingAddress is not null)
        .With(FiscalDocumentNumber, fiscal.DocumentNumber is not null);

    private static FiscalIdentity? Keep(FiscalIdentity? fiscal, FieldSet keep) => (keep & Fields(fiscal)).IsEmpty ? null : new()
    {
        TaxCode = keep.Contains(FiscalTaxCode) ? fiscal!.TaxCode : null,
        VatNumber = keep.Contains(FiscalVatNumber) ? fiscal!.VatNumber : null,
        BillingName = keep.Contains(FiscalBillingName) ? fiscal!.BillingName : null,
        BillingAddress = keep.Contains(FiscalBillingAddress) ? fiscal!.BillingAddress : null,
        DocumentNumber = keep.Contains(FiscalDocumentNumber) ? fiscal!.DocumentNumber : null,
    };

    private static FieldSet Fields(FinancialDetails? financial) => financial is null ? default : default(FieldSet)
        .With(FinancialPaymentTerms, financial.PaymentTerms is not null)
        .With(FinancialUnpaid, financial.Unpaid is not null)
        .With(FinancialCreditCheck, financial.CreditCheck is not null);

    private static FinancialDetails? Keep(FinancialDetails? financial, FieldSet keep) => (keep & Fields(financial)).IsEmpty ? null : new()
    {
        PaymentTerms = keep.Contains(FinancialPaymentTerms) ? financial!.PaymentTerms : null,
        Unpaid = keep.Contains(FinancialUnpaid) ? financial!.Unpaid : null,
        CreditCheck = keep.Contains(FinancialCreditCheck) ? financial!.CreditCheck : null,
    };

    private static FieldSet Fields(Preferences? preferences) => preferences is null ? default : default(FieldSet)
        .With(PreferencesSizes, preferences.Sizes is { Count: > 0 })
        .With(PreferencesStyles, preferences.Styles is { Count: > 0 })
        .With(PreferencesInterests, preferences.Interests is { Count: > 0 })
        .With(PreferencesSex, preferences.Sex is not null)
        .With(PreferencesEducation, preferences.Education is not null);

    private static Preferences? Keep(Preferences? preferences, FieldSet keep) => (keep & Fields(preferences)).IsEmpty ? null : new()
    {
        Sizes = keep.Contains(PreferencesSizes) ? preferences!.Sizes : null,
        Styles = keep.Contains(PreferencesStyles) ? preferences!.Styles : null,
        Interests = keep.Contains(PreferencesInterests) ? preferences!.Interests : null,
        Sex = keep.Contains(PreferencesSex) ? preferences!.Sex : null,
        Education = keep.Contains(PreferencesEducation) ? preferences!.Education : null,
    };

    private static FieldSet Fields(OnlineContext? online) => online is null ? default : default(FieldSet)
        .With(OnlineIpAddress, online.IpAddress is not null)
        .With(OnlineUserAgent, online.UserAgent is not null)
        .With(OnlinePageUrl, online.PageUrl is not null)
        .With(OnlinePageTitle, online.PageTitle is not null)
        .With(OnlineReferrer, online.Referrer is not null)
        .With(OnlineSessionId, online.SessionId is not null)
        .With(OnlineSearchTerm, online.SearchTerm is not null)
        .With(OnlineTimeSpent, online.TimeSpent is not null)
        .With(OnlineCampaign, online.Campaign is not null)
        .With(OnlineProperties, online.Properties is { Count: > 0 });

    private static OnlineContext? Keep(OnlineContext? online, FieldSet keep) => (keep & Fields(online)).IsEmpty ? null : new()
    {
        IpAddress = keep.Contains(OnlineIpAddress) ? online!.IpAddress : null,
        UserAgent = keep.Contains(OnlineUserAgent) ? online!.UserAgent : null,
        PageUrl = keep.Contains(OnlinePageUrl) ? online!.PageUrl : null,
        PageTitle = keep.Contains(OnlinePageTitle) ? online!.PageTitle : null,
        Referrer = keep.Contains(OnlineReferrer) ? online!.Referrer : null,
        SessionId = keep.Contains(OnlineSessionId) ? online!.SessionId : null,
        SearchTerm = keep.Contains(OnlineSearchTerm) ? online!.SearchTerm : null,
        TimeSpent = keep.Contains(OnlineTimeSpent) ? online!.TimeSpent : null,
        Campaign = keep.Contains(OnlineCampaign) ? online!.Campaign : null,
        Properties = keep.Contains(OnlineProperties) ? online!.Properties : null,
    };

    private static FieldSet Fields(StoreContext? store) => store is null ? default : default(FieldSet)
        .With(StoreStoreId, store.StoreId is not null)
        .With(StoreWorkstationId, store.WorkstationId is not null)
        .With(StoreReceiptNumber, store.ReceiptNumber is not null)
        .With(StoreBusinessDate, store.BusinessDate is not null);

    private static StoreContext? Keep(StoreContext? store, FieldSet keep) => (keep & Fields(store)).IsEmpty ? null : new()
    {
        StoreId = keep.Contains(StoreStoreId) ? store!.StoreId : null,
        WorkstationId = keep.Contains(StoreWorkstationId) ? store!.WorkstationId : null,
        ReceiptNumber = keep.Contains(StoreReceiptNumber) ? store!.ReceiptNumber : null,
        BusinessDate = keep.Contains(StoreBusinessDate) ? store!.BusinessDate : null,
    };

    private static FieldSet Fields(LeadOrigin? origin) => origin is null ? default : default(FieldSet)
        .With(OriginKind, true)
        .With(OriginName, origin.Name is not null);

    private static LeadOrigin? Keep(LeadOrigin? origin, FieldSet keep) => (keep & Fields(origin)).IsEmpty ? null : new()
    {
        Kind = keep.Contains(OriginKind) ? origin!.Kind : default,
        Name = keep.Contains(OriginName) ? origin!.Name : null,
    };
}
