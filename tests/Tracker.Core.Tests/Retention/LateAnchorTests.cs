using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class LateAnchorTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Delivered = TestTracker.Noon.AddDays(5);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS"), APolicy.Assessed("FRAUD_SECURITY")));

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_delivery_sets_the_end_of_the_order_it_belongs_to_within_the_hour()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        var before = await EndOfOrderAsync();
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(Delivery());

        await _tracker.AdvanceToAsync(Delivered.AddHours(1));

        Assert.Equal(TestTracker.Noon.AddYears(11), before);
        Assert.Equal(Delivered.AddMonths(26), await EndOfOrderAsync());
    }

    [Fact]
    public async Task An_order_that_comes_after_its_delivery_ends_as_if_it_had_come_before()
    {
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(Delivery());
        await _tracker.RecordAsync(An.Order(by: An.Ada));

        await _tracker.AdvanceToAsync(Delivered.AddHours(1));

        Assert.Equal(Delivered.AddMonths(26), await EndOfOrderAsync());
    }

    [Fact]
    public async Task An_order_that_comes_with_its_delivery_ends_as_if_it_had_come_before()
    {
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Order(by: An.Ada), Delivery());

        await _tracker.AdvanceToAsync(Delivered.AddHours(1));

        Assert.Equal(Delivered.AddMonths(26), await EndOfOrderAsync());
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task A_delivery_that_is_deleted_before_the_review_comes_ends_the_order_all_the_same()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        var gone = APolicy.Shipped.Add(Delivered, CalendarPeriod.OfMonths(6));
        _tracker.Time.SetUtcNow(gone.AddMinutes(-1));
        var delivery = await _tracker.RecordAsync(Delivery() with { Purposes = [Purpose.FraudSecurity] });
        _tracker.Time.SetUtcNow(gone);
        await _tracker.Sweeper.SweepAsync(CancellationToken.None);

        await _tracker.AdvanceToAsync(gone.AddHours(1));

        Assert.Equal(Outcome.AcceptedStripped, delivery.Outcome);
        Assert.DoesNotContain(await _tracker.RecordsAsync(An.Ada), record => record.Type == "order.delivered");
        Assert.Equal(Delivered.AddMonths(26), await EndOfOrderAsync());
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task What_rests_on_a_sale_that_it_does_not_name_ends_as_if_that_were_over_when_it_happened()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Newsletter("news", An.Ada, Delivered) with { Type = "message.sent", Purposes = [Purpose.OrderFulfilment], Content = new() { Contact = new() { Email = "ada@example.com" } } });
        var written = await EndOfAsync("message.sent");

        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal((Delivered.AddMonths(26), Delivered.AddMonths(26)), (written, await EndOfAsync("message.sent")));
    }

    [Fact]
    public async Task Another_order_is_not_ended_by_it()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(Delivery() with { MessageId = "other", Content = An.Order("order-2").Content });

        await _tracker.AdvanceToAsync(Delivered.AddHours(1));

        Assert.Equal(TestTracker.Noon.AddYears(11), await EndOfOrderAsync());
    }

    [Fact]
    public async Task A_second_review_changes_nothing()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.LegalClaims, Purpose.AccountingTax] });
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(Delivery());
        await _tracker.AdvanceToAsync(Delivered.AddHours(1));
        var first = await ContentsAsync();

        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(first, await ContentsAsync());
    }

    [Theory]
    [InlineData("first", "second")]
    [InlineData("second", "first")]
    [Trait("Compliance", "R-011")]
    public async Task Of_two_closings_of_an_account_each_ends_what_came_before_it_in_whatever_order_they_are_told(string told, string toldLater)
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.RecordAsync(An.Newsletter("open") with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery] });
        var closings = new Dictionary<string, DateTimeOffset> { ["first"] = TestTracker.Noon.AddDays(2), ["second"] = Delivered };
        _tracker.Time.SetUtcNow(Delivered);
        foreach (var id in new[] { told, toldLater })
        {
            await _tracker.RecordAsync(An.Newsletter(id, at: closings[id]) with { Type = "account.closed", Content = new(), Purposes = [Purpose.ServiceDelivery] });
            await _tracker.ReviewAsync(An.Ada);
        }

        Assert.Equal(closings["first"].AddDays(30), (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Type == "account.opened").ExpireAt);
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task What_an_account_carried_between_its_closing_and_the_telling_of_it_ends_as_if_that_were_over_when_it_happened()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.RecordAsync(An.Newsletter("open") with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery] });
        var (closed, used) = (TestTracker.Noon.AddDays(2), TestTracker.Noon.AddDays(3));
        _tracker.Time.SetUtcNow(used);
        await _tracker.RecordAsync(An.Newsletter("use", at: used) with { Type = "login.succeeded", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = new() { Phone = "+39061234567" } } });
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Newsletter("close", at: closed) with { Type = "account.closed", Content = new(), Purposes = [Purpose.ServiceDelivery] });

        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(used.AddDays(30), (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Type == "login.succeeded").ExpireAt);
    }

    [Fact]
    public async Task Closing_the_account_ends_what_was_kept_for_the_service_thirty_days_later()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.RecordAsync(An.Newsletter("open") with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery] });
        var closed = TestTracker.Noon.AddDays(10);
        _tracker.Time.SetUtcNow(closed);
        await _tracker.RecordAsync(An.Newsletter("close", at: closed) with { Type = "account.closed", Content = new(), Purposes = [Purpose.ServiceDelivery] });

        await _tracker.AdvanceToAsync(closed.AddHours(1));

        Assert.All((await _tracker.RecordsAsync(An.Ada)).Where(record => record.Class == RetentionClass.Service), record => Assert.Equal(closed.AddDays(30), record.ExpireAt));
        Assert.Equal(closed.AddDays(30), (await FindContactAsync())!.ExpireAt);
        await _tracker.AdvanceToAsync(closed.AddDays(30));
        Assert.Null(await FindContactAsync());
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task Whose_account_is_closed_is_not_read_for_the_service_any_more()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), An.Newsletter("open") with { Type = "account.opened" });
        var before = await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery);
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddDays(10));
        await _tracker.RecordAsync(An.Newsletter("close", at: TestTracker.Noon.AddDays(10)) with { Type = "account.closed", Content = new() });

        Assert.NotNull(before.Contact);
        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact);
    }

    [Fact]
    public async Task Leaving_the_loyalty_programme_ends_what_was_kept_for_it_thirty_days_later()
    {
        await _tracker.RecordAsync(Loyalty("joined"), An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.LoyaltyProgramme] });
        var before = await EndsOfLoyaltyAsync();
        var left = TestTracker.Noon.AddDays(10);
        _tracker.Time.SetUtcNow(left);
        await _tracker.RecordAsync(Loyalty("left"));

        await _tracker.AdvanceToAsync(left.AddHours(1));

        Assert.Equal([TestTracker.Noon.AddMonths(24), TestTracker.Noon.AddMonths(24)], before);
        Assert.Equal([left.AddDays(30), left.AddDays(30), left.AddDays(30)], await EndsOfLoyaltyAsync());
        await _tracker.AdvanceToAsync(left.AddDays(30));
        Assert.Empty(await EndsOfLoyaltyAsync());
    }

    [Fact]
    public async Task Points_that_come_after_leaving_the_programme_and_joining_it_again_have_their_own_term()
    {
        await _tracker.RecordAsync(Loyalty("joined"), Loyalty("left"));
        var again = TestTracker.Noon.AddDays(10);
        _tracker.Time.SetUtcNow(again);
        await _tracker.RecordAsync(Loyalty("joined", "again"));

        await _tracker.AdvanceToAsync(again.AddHours(1));

        Assert.Equal(again.AddMonths(24), (await EndsOfLoyaltyAsync()).Max());
    }

    private static Core.Ingestion.InteractionDraft Delivery() => An.Order(by: An.Ada, at: Delivered) with { MessageId = "delivery-1", Type = "order.delivered" };

    private Core.Ingestion.InteractionDraft Loyalty(string act, string? id = null) =>
        An.Newsletter(id ?? act, at: _tracker.Time.GetUtcNow()) with { Type = $"loyalty.{act}", Content = new() };

    private async Task<List<DateTimeOffset?>> EndsOfLoyaltyAsync() =>
        [.. (await _tracker.RecordsAsync(An.Ada)).Where(record => record.Class == RetentionClass.Loyalty).Select(record => record.ExpireAt)];

    private async Task<ContactDocument?> FindContactAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        return await _tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None);
    }

    private Task<DateTimeOffset?> EndOfOrderAsync() => EndOfAsync("order.placed");

    private async Task<DateTimeOffset?> EndOfAsync(string type) =>
        (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Order && record.Type == type).ExpireAt;

    private async Task<List<string>> ContentsAsync() =>
        [.. (await _tracker.RecordsAsync(An.Ada)).Select(record => $"{record.Key} {record.Class} {record.ExpireAt:O} {Convert.ToHexString(record.Payload.Span)}")];
}
