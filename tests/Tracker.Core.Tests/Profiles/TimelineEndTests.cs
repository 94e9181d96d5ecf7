using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

/// <summary>A timeline says no later end than the one that is known, whatever has reached the stored record yet.</summary>
public sealed class TimelineEndTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Delivered = TestTracker.Noon.AddDays(5);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Order(by: An.Ada));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task From_the_delivery_on_the_order_is_told_to_end_as_it_will_before_it_is_rewritten()
    {
        var open = await EndAsync("order-1", Purpose.OrderFulfilment);
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(Delivery());

        Assert.Equal(TestTracker.Noon.AddYears(11), open);
        Assert.Equal(Delivered.AddMonths(26), await EndAsync("order-1", Purpose.OrderFulfilment));
        Assert.Equal(TestTracker.Noon.AddYears(11), (await _tracker.RecordsAsync(An.Ada)).Single(record => record is { Type: "order.placed", Class: RetentionClass.Order }).ExpireAt);
    }

    [Fact]
    public async Task It_tells_the_end_that_the_explanation_tells()
    {
        var named = new InteractionContent { Commerce = new() { ContractId = "c-1" } };
        await _tracker.RecordAsync(
            An.Order("start", An.Ada) with { Type = "contract.started", Content = named },
            An.Newsletter("use", An.Ada) with { Type = "page.viewed", Content = named, Purposes = [Purpose.ServiceDelivery] });
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(Delivery(), An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = named });

        Assert.Equal(Delivered.AddDays(30), await EndAsync("use", Purpose.ServiceDelivery));
        Assert.Equal(await ExplainedEndAsync("use", RetentionClass.Service), await EndAsync("use", Purpose.ServiceDelivery));
        Assert.Equal(await ExplainedEndAsync("start", RetentionClass.Order), await EndAsync("start", Purpose.OrderFulfilment));
        Assert.Equal(await ExplainedEndAsync("order-1", RetentionClass.Order), await EndAsync("order-1", Purpose.OrderFulfilment));
        Assert.Equal(await ExplainedEndAsync("order-1", RetentionClass.Fiscal), await EndAsync("order-1", Purpose.AccountingTax));
    }

    [Fact]
    [Trait("Compliance", "R-012")]
    public async Task What_belongs_to_an_order_whose_end_has_gone_by_is_not_listed_before_it_is_deleted()
    {
        await _tracker.RecordAsync(An.Order("told", An.Ada) with { Type = "message.sent", Content = An.Order().Content, Purposes = [Purpose.ServiceDelivery] });
        var open = (await _tracker.TimelineAsync(An.Ada, Purpose.ServiceDelivery)).Items;
        _tracker.Time.SetUtcNow(Delivered.AddDays(30));
        await _tracker.RecordAsync(Delivery());

        Assert.Equal("told", Assert.Single(open).MessageId);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.ServiceDelivery)).Items);
    }

    [Fact]
    public async Task Of_a_document_that_was_booked_before_it_came_the_day_of_the_booking_counts()
    {
        var booked = TestTracker.Noon.AddDays(-40);
        var before = await TestTracker.StartAsync(policy: APolicy.With(document => document["fiscal_anchor"] = "FISCAL_YEAR_END"));
        await before.RecordAsync(An.Receipt(by: An.Ada, at: booked) with { Purposes = [Purpose.AccountingTax] });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(document => document["fiscal_anchor"] = "ENTRY_DATE"), after: before);

        var item = Assert.Single((await tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items);
        var explained = (await tracker.Explainer.ExplainAsync(tracker.Caller, "receipt-1", null, Purpose.RightsHandling, CancellationToken.None)).Explained;

        Assert.Equal(2036, item.Grant.Until.Year);
        Assert.Equal(booked.AddYears(10).Month, item.Grant.Until.Month);
        Assert.Equal(Assert.Single(Assert.Single(explained).Grants).Grant.Until, item.Grant.Until);
    }

    private static Core.Ingestion.InteractionDraft Delivery() => An.Order(by: An.Ada, at: Delivered) with { MessageId = "delivery", Type = "order.delivered" };

    private async Task<DateTimeOffset> EndAsync(string messageId, Purpose purpose) =>
        (await _tracker.TimelineAsync(An.Ada, purpose)).Items.Single(item => item.MessageId == messageId).Grant.Until;

    private async Task<DateTimeOffset> ExplainedEndAsync(string messageId, RetentionClass member) =>
        Assert.Single((await _tracker.Explainer.ExplainAsync(_tracker.Caller, messageId, null, Purpose.RightsHandling, CancellationToken.None)).Explained.Single(record => record.Record.Class == member).Grants).Grant.Until;
}
