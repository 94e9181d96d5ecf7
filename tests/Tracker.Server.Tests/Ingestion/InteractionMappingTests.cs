using Google.Protobuf.WellKnownTypes;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Server.Ingestion;
using Tracker.Server.Model.Content;
using GoogleType = Google.Type;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Ingestion;

public class InteractionMappingTests
{
    [Fact]
    public void A_valid_interaction_is_converted_whole()
    {
        var wire = Sample.Purchase();

        var draft = Map(wire);

        Assert.Empty(draft.Violations);
        Assert.Equal((Channel.Pos, Sample.Noon, wire.CalculateSize()), (draft.Channel, draft.OccurredAt, draft.SizeInBytes));
        Assert.Equal(new Identifier(IdentifierKind.Email, "ada@example.com"), Assert.Single(draft.Identifiers));
        Assert.Equal([Purpose.AccountingTax, Purpose.OrderFulfilment], draft.Purposes);
    }

    [Fact]
    public void Content_is_the_same_after_the_way_to_core_and_back()
    {
        var wire = Sample.Content();

        var back = Map(new Wire.Interaction { Content = wire }).Content.ToWire();

        Assert.Equal(wire, back);
    }

    [Fact]
    public void An_empty_text_is_absent()
    {
        var draft = Map(new Wire.Interaction { Content = new Wire.Content { Commerce = new Wire.Commerce() } });

        Assert.Null(draft.Content.Commerce!.OrderId);
        Assert.Null(draft.Content.Commerce.Lines);
    }

    [Theory]
    [InlineData(12, 340_000_000, "12.34")]
    [InlineData(-12, -340_000_000, "-12.34")]
    [InlineData(0, -1, "-0.000000001")]
    [InlineData(long.MaxValue, 999_999_999, "9223372036854775807.999999999")]
    public void Money_is_exact(long units, int nanos, string amount)
    {
        var draft = WithTotal(Sample.Euro(units, nanos));

        Assert.Empty(draft.Violations);
        Assert.Equal(amount, draft.Content.Commerce!.Total!.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1, -1, "content.commerce.total")]
    [InlineData(-1, 1, "content.commerce.total")]
    [InlineData(0, 1_000_000_000, "content.commerce.total.nanos")]
    [InlineData(0, int.MinValue, "content.commerce.total.nanos")]
    public void Money_that_cannot_be_is_a_violation(long units, int nanos, string field) =>
        Assert.Equal(field, Assert.Single(WithTotal(Sample.Euro(units, nanos)).Violations).Field);

    [Theory]
    [InlineData("", "0")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("+999999999.999", "999999999.999")]
    [InlineData("0.5000", "0.5000")]
    public void A_quantity_is_exact(string text, string value)
    {
        var draft = WithQuantity(text);

        Assert.Empty(draft.Violations);
        Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), draft.Content.Commerce!.Lines![0].Quantity);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("1000000000")]
    [InlineData("0.0001")]
    [InlineData("0.00000000000000000000000000000000001")]
    [InlineData("NaN")]
    [InlineData(" 77")]
    public void A_quantity_out_of_bounds_is_a_violation_that_does_not_repeat_it(string text)
    {
        var violation = Assert.Single(WithQuantity(text).Violations);

        Assert.Equal("content.commerce.lines[0].quantity", violation.Field);
        Assert.DoesNotContain(text, violation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2026, 2, 29)]
    [InlineData(0, 1, 1)]
    [InlineData(2026, 0, 0)]
    [InlineData(10_000, 1, 1)]
    public void A_day_that_is_not_in_the_calendar_is_a_violation(int year, int month, int day)
    {
        var contact = new Wire.ContactDetails { BirthDate = new GoogleType.Date { Year = year, Month = month, Day = day } };

        var draft = Map(new Wire.Interaction { Content = new Wire.Content { Contact = contact } });

        Assert.Equal("content.contact.birth_date", Assert.Single(draft.Violations).Field);
    }

    [Theory]
    [InlineData(253_402_300_800, 0)]
    [InlineData(-62_135_596_801, 0)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 1_000_000_000)]
    public void An_instant_outside_the_years_1_to_9999_is_a_violation(long seconds, int nanos)
    {
        var draft = Map(new Wire.Interaction { OccurredAt = new Timestamp { Seconds = seconds, Nanos = nanos } });

        Assert.Null(draft.OccurredAt);
        Assert.Equal("occurred_at", Assert.Single(draft.Violations).Field);
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(long.MinValue, 0)]
    [InlineData(0, int.MaxValue)]
    public void An_invalid_duration_is_a_violation(long seconds, int nanos)
    {
        var online = new Wire.OnlineContext { TimeSpent = new Duration { Seconds = seconds, Nanos = nanos } };

        var draft = Map(new Wire.Interaction { Content = new Wire.Content { Online = online } });

        Assert.Equal("content.online.time_spent", Assert.Single(draft.Violations).Field);
    }

    [Fact]
    public void Numbers_no_enum_knows_are_violations_at_their_place()
    {
        var draft = Map(new Wire.Interaction
        {
            Channel = (Wire.Channel)99,
            Initiator = (Wire.Initiator)(-1),
            Identifiers = { new Wire.Identifier(), new Wire.Identifier { Kind = (Wire.IdentifierKind)77 } },
            Purposes = { Wire.Purpose.Analytics, (Wire.Purpose)1000 },
            Content = new Wire.Content { Origin = new Wire.LeadOrigin { Kind = (Wire.LeadOriginKind)7 } },
        });

        Assert.Equal(
            ["channel", "identifiers[1].kind", "initiator", "purposes[1]", "content.origin.kind"],
            draft.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void A_property_without_a_finite_value_is_a_violation_at_its_place()
    {
        var line = new Wire.CommerceLine { Attributes = { new Wire.Property { Key = "a", BoolValue = true }, new Wire.Property { Key = "b" } } };
        var commerce = new Wire.Commerce { Lines = { new Wire.CommerceLine(), line }, Properties = { new Wire.Property { Key = "c", DoubleValue = double.NaN } } };

        var draft = Map(new Wire.Interaction { Content = new Wire.Content { Commerce = commerce } });

        Assert.Equal(
            ["content.commerce.lines[1].attributes[1]", "content.commerce.properties[0].double_value"],
            draft.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void A_hostile_item_gets_a_short_answer()
    {
        var wire = new Wire.Interaction { Purposes = { Enumerable.Repeat((Wire.Purpose)999, 200_000) } };

        Assert.InRange(Map(wire).Violations.Count, 1, 100);
    }

    [Fact]
    public void Violations_of_one_item_are_not_those_of_the_next()
    {
        var drafts = InteractionMapping.ToCore([new Wire.Interaction { Channel = (Wire.Channel)99 }, Sample.Purchase()]);

        Assert.Single(drafts[0].Violations);
        Assert.Empty(drafts[1].Violations);
    }

    private static InteractionDraft Map(Wire.Interaction wire) => InteractionMapping.ToCore([wire])[0];

    private static InteractionDraft WithTotal(GoogleType.Money total) =>
        Map(new Wire.Interaction { Content = new Wire.Content { Commerce = new Wire.Commerce { Total = total } } });

    private static InteractionDraft WithQuantity(string text)
    {
        var line = new Wire.CommerceLine { Quantity = new GoogleType.Decimal { Value = text } };
        return Map(new Wire.Interaction { Content = new Wire.Content { Commerce = new Wire.Commerce { Lines = { line } } } });
    }

    [Fact]
    public void What_was_sent_to_a_person_arrives_with_medium_recipient_basis_and_terms()
    {
        var sent = Sample.Purchase();
        sent.ContactChannel = Wire.ContactChannel.Email;
        sent.Recipient = "partner-a";
        sent.LegalBasis = Wire.LegalBasis.LegitimateInterest;
        sent.Message = new Wire.MessageTerms { OwnProduct = true, SimilarProduct = true };

        var draft = new[] { sent }.ToCore()[0];

        Assert.Equal((ContactChannel.Email, "partner-a", LegalBasis.LegitimateInterest), (draft.ContactChannel, draft.Recipient, draft.LegalBasis));
        Assert.Equal(new(IsOwnProduct: true, IsSimilarProduct: true, OffersOptOut: false), draft.Message);
    }

    [Fact]
    public void An_inference_without_a_value_is_refused_by_its_place()
    {
        var sent = Sample.Purchase();
        sent.Content.Inferences.Add(new Wire.Inference { Name = "empty" });

        var draft = new[] { sent }.ToCore()[0];

        Assert.Equal(["content.inferences[2]"], draft.Violations.Select(violation => violation.Field));
    }
}
