using System.Globalization;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class InteractionRulesTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    public static TheoryData<string, InteractionDraft> Broken()
    {
        var order = An.Order(by: An.Ada);
        return new TheoryData<string, InteractionDraft>
        {
            { "message_id", order with { MessageId = "" } },
            { "message_id", order with { MessageId = new string('x', 129) } },
            { "message_id", order with { MessageId = "a\nb" } },
            { "message_id", order with { MessageId = "a\uFFFDb" } },
            { "type", order with { Type = "" } },
            { "type", order with { Type = "nonsense" } },
            { "occurred_at", order with { OccurredAt = null } },
            { "occurred_at", order with { OccurredAt = TestTracker.Noon.AddMinutes(6) } },
            { "occurred_at", order with { OccurredAt = DateTimeOffset.UnixEpoch.AddSeconds(-1) } },
            { "identifiers", An.Newsletter() with { Identifiers = [] } },
            { "identifiers", An.Newsletter() with { Identifiers = [new(IdentifierKind.Receipt, "r-1")] } },
            { "identifiers", order with { Identifiers = [.. Enumerable.Range(1, 17).Select(i => new Identifier(IdentifierKind.Device, $"d{i}"))] } },
            { "identifiers[0].value", order with { Identifiers = [new(IdentifierKind.LoyaltyCard, "0000")] } },
            { "identifiers[1].value", order with { Identifiers = [An.Ada, new(IdentifierKind.Cookie, "undefined")] } },
            { "identifiers[0].kind", order with { Identifiers = [new(IdentifierKind.Unspecified, "x")] } },
            { "purposes", order with { Purposes = [Purpose.Profiling, Purpose.Profiling] } },
            { "content.commerce.total.currency_code", order with { Content = new() { Commerce = new() { Total = new("EURO", 1) } } } },
            { "content.commerce.lines[0].amount.currency_code", order with { Content = new() { Commerce = new() { Lines = [new() { Amount = new("", 1) }] } } } },
            { "content.commerce.total.units", order with { Content = new() { Commerce = new() { Total = new("EUR", 1_000_000_000_000.01m) } } } },
            { "content.commerce.lines[0].unit_price.units", order with { Content = new() { Commerce = new() { Lines = [new() { UnitPrice = new("EUR", -1_000_000_000_001) }] } } } },
            { "content.financial.unpaid.units", order with { Content = new() { Financial = new() { Unpaid = new("EUR", long.MaxValue) } } } },
            { "content.commerce.lines[0].name", order with { Content = new() { Commerce = new() { Lines = [new() { Name = "\u0007" }] } } } },
            { "content.commerce.lines", order with { Content = new() { Commerce = new() { Lines = [.. Enumerable.Repeat(new CommerceLine(), 2_001)] } } } },
            { "content.contact.given_name", order with { Content = new() { Contact = new() { GivenName = new string('x', 129) } } } },
            { "content.contact.birth_date", order with { Content = new() { Contact = new() { BirthDate = new(1899, 12, 31) } } } },
            { "content.contact.birth_date", order with { Content = new() { Contact = new() { BirthDate = new(2026, 11, 25) } } } },
            { "content.online.ip_address", order with { Content = new() { Online = new() { IpAddress = "999.1.1.1" } } } },
            { "content.online.properties[0].key", order with { Content = new() { Online = new() { Properties = [new() { Key = "a key", Truth = true }] } } } },
            { "content.online.properties", order with { Content = new() { Online = new() { Properties = [.. Enumerable.Range(0, 51).Select(i => new Property { Key = $"k{i}", Truth = true })] } } } },
            { "content.store.business_date", order with { Content = new() { Store = new() { BusinessDate = new(2030, 1, 1) } } } },
            { "content.origin.kind", order with { Content = new() { Origin = new() } } },
            { "", order with { SizeInBytes = 300_000 } },
        };
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_field_is_named_by_its_path(string field, InteractionDraft draft)
    {
        var outcome = await _tracker.RecordAsync(draft);

        Assert.Equal(Outcome.Invalid, outcome.Outcome);
        Assert.Contains(outcome.Violations, violation => violation.Field == field);
    }

    [Fact]
    public async Task What_is_too_large_is_told_by_how_much_and_which_setting_says_so()
    {
        var outcome = await _tracker.RecordAsync(An.Order(by: An.Ada) with { SizeInBytes = 300_000 });

        Assert.Equal(
            "must have at most 262144 bytes (Tracker:Ingestion:MaxInteractionBytes), and has 300000",
            Assert.Single(outcome.Violations).Description);
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("2026-11-23")]
    public async Task A_day_of_birth_from_1900_until_today_is_sound(string day)
    {
        var content = new InteractionContent { Contact = new() { BirthDate = DateOnly.Parse(day, CultureInfo.InvariantCulture) } };

        Assert.Empty((await _tracker.RecordAsync(An.Order(by: An.Ada) with { Content = content })).Violations);
    }

    [Fact]
    public async Task Every_violation_is_reported_at_once()
    {
        var outcome = await _tracker.RecordAsync(new InteractionDraft { MessageId = "a\0", Identifiers = [new(IdentifierKind.Email, "null")] });

        Assert.Equal(["message_id", "type", "occurred_at", "identifiers[0].value"], outcome.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task No_violation_repeats_a_value()
    {
        var outcome = await _tracker.RecordAsync(An.Order() with { Identifiers = [new(IdentifierKind.Email, "mario.rossi")] });

        Assert.DoesNotContain(outcome.Violations, violation => violation.Description.Contains("mario", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_by_the_distance_of_sent_at()
    {
        var aDayAhead = An.Order(by: An.Ada, at: TestTracker.Noon.AddDays(1).AddMinutes(-10)) with { SentAt = TestTracker.Noon.AddDays(1) };

        await _tracker.RecordAsync(aDayAhead);

        var item = Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Equal(TestTracker.Noon.AddMinutes(-10), item.Record.OccurredAt);
    }

    [Fact]
    public async Task A_retry_with_another_sent_at_is_the_same_interaction()
    {
        var order = An.Order(by: An.Ada, at: TestTracker.Noon.AddMinutes(-30));
        await _tracker.RecordAsync(order with { SentAt = TestTracker.Noon.AddMinutes(-20) });

        var again = await _tracker.RecordAsync(order with { SentAt = TestTracker.Noon });

        Assert.Equal(Outcome.Duplicate, again.Outcome);
    }

    [Fact]
    public async Task Nothing_is_stored_in_the_future()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada, at: TestTracker.Noon.AddMinutes(4)));

        Assert.Equal(TestTracker.Noon, Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items).Record.OccurredAt);
    }

    [Fact]
    public async Task The_answer_to_a_hostile_item_stays_small()
    {
        var line = new CommerceLine { Attributes = [.. Enumerable.Repeat(new Property { Key = "", Truth = true }, 20)] };
        var hostile = An.Order() with { Content = new() { Commerce = new() { Lines = [.. Enumerable.Repeat(line, 2_000)] } } };

        var outcome = await _tracker.RecordAsync(hostile);

        Assert.Equal(Outcome.Invalid, outcome.Outcome);
        Assert.Equal(Violations.Max, outcome.Violations.Count);
    }

    [Fact]
    public async Task A_quote_that_the_person_did_not_ask_for_makes_no_prospect()
    {
        var card = An.Newsletter() with { Type = "quote.requested", Initiator = Initiator.System };

        var outcome = await _tracker.RecordAsync(card);

        Assert.Equal((Outcome.Denied, Reason.NoLegalBasis), (outcome.Outcome, outcome.Reason));
    }
}
