using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>An end that is known when something is written is the end it is answered and stored with, before any review.</summary>
public sealed class KnownEndTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Delivered = TestTracker.Noon.AddDays(5);
    private static readonly DateTimeOffset Later = TestTracker.Noon.AddDays(20);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() =>
        _tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS"), APolicy.Assessed("CREDIT_RISK")));

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task What_is_told_of_an_order_after_its_delivery_is_kept_until_the_end_of_the_order()
    {
        await DeliveredAsync();

        Assert.Equal(Delivered.AddMonths(26), await EndAsync(Message("told", "order-1", Purpose.OrderFulfilment)));
    }

    [Fact]
    public async Task What_is_told_of_an_order_in_one_call_with_its_delivery_is_kept_until_the_end_of_the_order()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        _tracker.Time.SetUtcNow(Later);

        var outcomes = await _tracker.RecordAsync(Delivery(), Message("told", "order-1", Purpose.OrderFulfilment));

        Assert.Equal(Delivered.AddMonths(26), await StoredEndAsync(outcomes[1]));
    }

    [Fact]
    public async Task An_order_that_comes_after_its_delivery_is_kept_until_the_end_of_the_order()
    {
        _tracker.Time.SetUtcNow(Later);
        await _tracker.RecordAsync(Delivery());

        Assert.Equal(Delivered.AddMonths(26), await EndAsync(An.Order(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment] }));
    }

    [Fact]
    public async Task Of_a_delivery_and_a_return_the_earlier_ends_the_order()
    {
        await DeliveredAsync();
        await _tracker.RecordAsync(An.Order(by: An.Ada, at: Later) with { MessageId = "returned", Type = "order.returned", Purposes = [Purpose.OrderFulfilment] });

        Assert.Equal(Delivered.AddMonths(26), await EndAsync(Message("told", "order-1", Purpose.OrderFulfilment)));
    }

    [Fact]
    public async Task Another_order_is_not_ended_by_it()
    {
        await DeliveredAsync();
        await _tracker.RecordAsync(An.Order("order-2", An.Ada, Later));

        Assert.Equal(Later.AddYears(11), await EndAsync(Message("told", "order-2", Purpose.OrderFulfilment)));
    }

    [Fact]
    [Trait("Compliance", "E39")]
    public async Task The_end_of_somebody_else_s_order_ends_nothing()
    {
        await DeliveredAsync();

        var claim = An.Order("claim", An.Bob, Later) with { Content = An.Order("order-1").Content, Purposes = [Purpose.LegalClaims] };

        Assert.Equal(Later.AddYears(11), await EndAsync(claim));
    }

    [Fact]
    public async Task What_comes_late_of_a_contract_that_has_ended_is_kept_until_its_end()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), Naming("start", "contract.started", TestTracker.Noon));
        _tracker.Time.SetUtcNow(Later);
        await _tracker.RecordAsync(Naming("end", "contract.ended", Delivered));

        var use = Naming("use", "page.viewed", Delivered.AddDays(-1)) with { Purposes = [Purpose.ServiceDelivery] };

        Assert.Equal(Delivered.AddDays(30), await EndAsync(use));
    }

    [Fact]
    public async Task What_comes_late_for_the_service_of_an_account_that_is_closed_is_kept_until_its_end()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada), An.Newsletter("open") with { Type = "account.opened", Content = new() });
        _tracker.Time.SetUtcNow(Later);
        await _tracker.RecordAsync(An.Newsletter("close", at: Delivered) with { Type = "account.closed", Content = new() });

        Assert.Equal(Delivered.AddDays(30), await EndAsync(Message("told", "order-1", Purpose.ServiceDelivery) with { OccurredAt = Delivered.AddDays(-1) }));
    }

    [Fact]
    public async Task What_comes_late_of_a_debt_that_is_settled_is_kept_until_the_end_of_the_case()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        _tracker.Time.SetUtcNow(Later);
        await _tracker.RecordAsync(An.Order("settled", An.Ada, Delivered) with { Type = "debt.settled", Content = An.Order().Content });

        var debt = An.Order("debt", An.Ada, Delivered.AddDays(-1)) with { Content = An.Order().Content, Purposes = [Purpose.CreditRisk] };

        Assert.Equal(Delivered.AddMonths(12), await EndAsync(debt));
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task What_belongs_to_an_order_whose_end_has_gone_by_is_not_kept()
    {
        await DeliveredAsync();
        _tracker.Time.SetUtcNow(Delivered.AddDays(30));

        var told = await _tracker.RecordAsync(Message("told", "order-1", Purpose.ServiceDelivery));

        Assert.Equal((Outcome.Denied, Reason.RetentionAlreadyElapsed), (told.Outcome, told.Reason));
    }

    [Fact]
    public async Task The_review_has_nothing_to_add_to_it()
    {
        await DeliveredAsync();
        await _tracker.RecordAsync(Message("told", "order-1", Purpose.OrderFulfilment) with { Purposes = [Purpose.OrderFulfilment, Purpose.CustomerCare, Purpose.ServiceDelivery] });
        var written = await EndsOfMessagesAsync();

        await _tracker.AdvanceToAsync(Later.AddHours(1));

        Assert.Equal(written, await EndsOfMessagesAsync());
    }

    private async Task DeliveredAsync()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        _tracker.Time.SetUtcNow(Later);
        await _tracker.RecordAsync(Delivery());
    }

    private static InteractionDraft Delivery() => An.Order(by: An.Ada, at: Delivered) with { MessageId = "delivery", Type = "order.delivered" };

    private InteractionDraft Message(string id, string order, params Purpose[] purposes) => An.Order(id, An.Ada, _tracker.Time.GetUtcNow()) with
    {
        Type = "message.sent",
        Content = An.Order(order).Content,
        Purposes = purposes,
    };

    private static InteractionDraft Naming(string id, string type, DateTimeOffset at) =>
        An.Order(id, An.Ada, at) with { Type = type, Content = new InteractionContent { Commerce = new() { ContractId = "c-1" } } };

    private async Task<DateTimeOffset?> EndAsync(InteractionDraft draft) => await StoredEndAsync(await _tracker.RecordAsync(draft));

    /// <summary>As answered, which is as stored.</summary>
    private async Task<DateTimeOffset?> StoredEndAsync(InteractionOutcome outcome)
    {
        var answered = Assert.Single(outcome.Grants).Until;
        var stored = Assert.Single(await _tracker.Store.Profiles.FindAsync(_tracker.Caller.Tenant, outcome.Key!.Value, CancellationToken.None));
        Assert.Equal((answered, answered), (Assert.Single(stored.Grants).Until, stored.ExpireAt));
        return answered;
    }

    private async Task<List<string>> EndsOfMessagesAsync() =>
        [.. (await _tracker.RecordsAsync(An.Ada)).Where(record => record.Type == "message.sent").Select(record => $"{record.Class} {record.ExpireAt:O}").Order(StringComparer.Ordinal)];
}
