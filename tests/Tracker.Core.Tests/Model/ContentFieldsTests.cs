using CsCheck;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Tests.Model;

public sealed class ContentFieldsTests
{
    private static readonly InteractionContent Full = new()
    {
        Commerce = new()
        {
            OrderId = "1",
            QuoteId = "2",
            ContractId = "3",
            Total = new("EUR", 1),
            TaxTotal = new("EUR", 1),
            DiscountTotal = new("EUR", 1),
            ShippingTotal = new("EUR", 1),
            Coupons = ["c"],
            PaymentMethod = "card",
            Properties = [new() { Key = "k", Whole = 1 }],
            Lines = [new() { ProductId = "p", Quantity = 1, Attributes = [new() { Key = "size", Text = "42" }] }],
        },
        Contact = new() { GivenName = "a", FamilyName = "b", Email = "c", Phone = "d", BirthDate = new(1990, 1, 1), PostalAddress = new(), Language = "it", DeliveryNote = "e" },
        Fiscal = new() { TaxCode = "a", VatNumber = "b", BillingName = "c", BillingAddress = new(), DocumentNumber = "d" },
        Financial = new() { PaymentTerms = "a", Unpaid = new("EUR", 1), CreditCheck = "b" },
        Preferences = new() { Sizes = [new("shoes", "42")], Styles = ["a"], Interests = ["b"], Sex = "f", Education = "c" },
        Online = new()
        {
            IpAddress = "::1",
            UserAgent = "a",
            PageUrl = "b",
            PageTitle = "c",
            Referrer = "d",
            SessionId = "e",
            SearchTerm = "f",
            TimeSpent = TimeSpan.FromSeconds(1),
            Campaign = new(),
            Properties = [new() { Key = "k", Truth = true }],
        },
        Store = new() { StoreId = "a", WorkstationId = "b", ReceiptNumber = "c", BusinessDate = new(2026, 1, 1) },
        Origin = new() { Kind = LeadOriginKind.Fair, Name = "a" },
        Inferences = [new() { Name = "churn", Number = 0.5, ComputedAt = DateTimeOffset.UnixEpoch }],
    };

    [Fact]
    public void A_full_content_has_every_field() =>
        Assert.Equal(Enum.GetValues<ContentField>(), Full.Fields().Members());

    [Fact]
    public void What_is_kept_is_exactly_what_was_asked_for()
    {
        Gen.ULong.Select(Gen.ULong).Sample((low, high) =>
        {
            var keep = new FieldSet(new UInt128(high, low)) & Full.Fields();
            // Attributes stand on lines: without lines there is nothing to keep them on.
            keep = keep.Contains(ContentField.CommerceLines) ? keep : keep.Except(default(FieldSet).With(ContentField.CommerceLineAttributes));
            // The kind of an origin is its presence.
            keep = keep.Contains(ContentField.OriginName) ? keep.With(ContentField.OriginKind) : keep;
            return Full.Keep(keep).Fields() == keep;
        });
    }

    [Fact]
    public void Every_field_has_a_path_and_a_category()
    {
        Assert.All(Enum.GetValues<ContentField>(), field =>
        {
            Assert.Equal(default(FieldSet).With(field), ContentFields.Find(field.Path()));
            Assert.NotEqual(DataCategory.Unspecified, field.Category());
        });
    }

    [Theory]
    [InlineData(ContentField.CommerceOrderId, "commerce.order_id", DataCategory.CommercialProfiling)]
    [InlineData(ContentField.FiscalVatNumber, "fiscal.vat_number", DataCategory.IdentityFiscal)]
    [InlineData(ContentField.OnlineIpAddress, "online.ip_address", DataCategory.MarketingOnline)]
    [InlineData(ContentField.ContactEmail, "contact.email", DataCategory.Contact)]
    [InlineData(ContentField.FinancialCreditCheck, "financial.credit_check", DataCategory.Financial)]
    [InlineData(ContentField.PreferencesEducation, "preferences.education", DataCategory.CommercialProfiling)]
    public void A_field_is_named_as_in_the_contract(ContentField field, string path, DataCategory category)
    {
        Assert.Equal(path, field.Path());
        Assert.Equal(category, field.Category());
    }
}
