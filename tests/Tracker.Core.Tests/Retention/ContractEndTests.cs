using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class ContractEndTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Delivered = TestTracker.Noon.AddDays(5);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS"), APolicy.Assessed("FRAUD_SECURITY")));

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task The_end_of_a_contract_that_went_on_ends_what_was_kept_on_it()
    {
        await _tracker.RecordAsync(An.Order("contract", An.Ada) with { Type = "contract.started", Content = new() { Commerce = new() { ContractId = "c-1" } } });
        await _tracker.RecordAsync(An.Order("renewal", An.Ada) with { Type = "subscription.renewed", Purposes = [Purpose.OrderFulfilment], Content = new() { Commerce = new() { Total = new("EUR", 9) } } });
        var before = await EndOfAsync("subscription.renewed");
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = new() { Commerce = new() { ContractId = "c-1" } } });

        await _tracker.AdvanceToAsync(Delivered.AddHours(1));

        Assert.Equal(TestTracker.Noon.AddYears(11), before);
        Assert.Equal(Delivered.AddMonths(26), await EndOfAsync("subscription.renewed"));
    }

    [Theory]
    [InlineData("end", "use")]
    [InlineData("use", "end")]
    [Trait("Compliance", "R-011")]
    public async Task The_end_of_a_contract_ends_what_names_its_number_in_whatever_order_they_come(string first, string second)
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), Subscribed("c-1"), Subscribed("c-2"));
        _tracker.Time.SetUtcNow(Delivered.AddDays(1));
        var arriving = new Dictionary<string, InteractionDraft>
        {
            ["end"] = An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") },
            ["use"] = An.Newsletter("use", An.Ada, Delivered.AddDays(-1)) with { Type = "login.succeeded", Content = Naming("c-1"), Purposes = [Purpose.ServiceDelivery] },
        };
        await _tracker.RecordAsync(arriving[first]);
        await _tracker.RecordAsync(arriving[second]);
        await _tracker.RecordAsync(arriving["use"] with { MessageId = "other", Content = Naming("c-2") });

        await _tracker.AdvanceToAsync(Delivered.AddDays(1).AddHours(1));

        var ends = (await _tracker.RecordsAsync(An.Ada)).Where(record => record.Type == "login.succeeded").Select(record => record.ExpireAt!.Value).Order();
        Assert.Equal([Delivered.AddDays(30), Delivered.AddDays(-1).AddMonths(24)], ends);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_contract_that_is_over_carries_nothing_new_and_another_of_the_same_person_goes_on()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), Subscribed("c-1"), Subscribed("c-2"));
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });
        InteractionDraft Use(string number) => An.Newsletter($"use-{number}", An.Ada, Delivered) with
        {
            Type = "page.viewed",
            Content = Naming(number),
            Purposes = [Purpose.ServiceDelivery],
        };

        var (over, runs) = (await _tracker.RecordAsync(Use("c-1")), await _tracker.RecordAsync(Use("c-2")));

        Assert.Equal((Reason.ContractRefInvalid, Reason.None), (over.Reason, runs.Reason));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_contract_that_began_since_does_not_carry_what_names_the_one_that_is_over()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), Subscribed("c-1"));
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });
        _tracker.Time.SetUtcNow(Delivered.AddDays(1));
        await _tracker.RecordAsync(Subscribed("c-2") with { OccurredAt = Delivered.AddDays(1) });

        var use = await _tracker.RecordAsync(An.Newsletter("use", An.Ada, Delivered.AddDays(1)) with { Type = "page.viewed", Content = Naming("c-1"), Purposes = [Purpose.ServiceDelivery] });

        Assert.Equal(Reason.ContractRefInvalid, use.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task What_came_between_the_end_of_a_contract_and_its_telling_ends_as_if_that_were_over_when_it_happened()
    {
        await _tracker.RecordAsync(Subscribed("c-1"));
        var between = Delivered.AddDays(1);
        _tracker.Time.SetUtcNow(between);
        await _tracker.RecordAsync(An.Order("renewal", An.Ada, between) with { Type = "subscription.renewed", Purposes = [Purpose.OrderFulfilment], Content = new() { Commerce = new() { Total = new("EUR", 9) } } });
        _tracker.Time.SetUtcNow(between.AddDays(1));
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });

        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(between.AddMonths(26), await EndOfAsync("subscription.renewed"));
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task What_named_a_contract_between_its_end_and_its_telling_ends_as_if_that_were_over_when_it_happened()
    {
        await _tracker.RecordAsync(Subscribed("c-1"));
        var between = Delivered.AddDays(1);
        _tracker.Time.SetUtcNow(between);
        await _tracker.RecordAsync(An.Order("renewal", An.Ada, between) with { Type = "subscription.renewed", Purposes = [Purpose.OrderFulfilment], Content = Naming("c-1") });
        _tracker.Time.SetUtcNow(between.AddDays(1));
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });

        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(between.AddMonths(26), await EndOfAsync("subscription.renewed"));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_named_a_contract_after_its_end_is_told_not_to_be_kept_on_it_now()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), Subscribed("c-1"));
        var between = Delivered.AddDays(1);
        _tracker.Time.SetUtcNow(between);
        await _tracker.RecordAsync(An.Order("use", An.Ada, between) with { Type = "page.viewed", Purposes = [Purpose.ServiceDelivery], Content = Naming("c-1") });
        _tracker.Time.SetUtcNow(between.AddDays(1));
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });

        var explained = await _tracker.Explainer.ExplainAsync(_tracker.Caller, "use", source: null, Purpose.RightsHandling, CancellationToken.None);

        Assert.Equal(Reason.ContractRefInvalid, Assert.Single(Assert.Single(explained.Explained).Grants).DenialNow);
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task Of_two_contracts_without_a_number_each_ends_with_the_first_end_after_it_in_whatever_order_they_are_told()
    {
        var (first, second) = (TestTracker.Noon.AddDays(1), Delivered);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), An.Order("start-1", An.Ada) with { Type = "contract.started", Content = new() });
        _tracker.Time.SetUtcNow(second);
        await _tracker.RecordAsync(An.Order("start-2", An.Ada, first.AddHours(1)) with { Type = "contract.started", Content = new() });
        await _tracker.RecordAsync(An.Order("end-2", An.Ada, second) with { Type = "contract.ended", Content = new() });
        await _tracker.RecordAsync(An.Order("end-1", An.Ada, first) with { Type = "contract.ended", Content = new() });

        await _tracker.ReviewAsync(An.Ada);

        var ends = (await _tracker.RecordsAsync(An.Ada)).Where(record => record.Type == "contract.started" && record.Class == RetentionClass.Order).Select(record => record.ExpireAt!.Value).Order();
        Assert.Equal([first.AddMonths(26), second.AddMonths(26)], ends);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_number_that_is_taken_up_again_begins_anew()
    {
        await _tracker.RecordAsync(Subscribed("c-1"));
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });
        var again = Delivered.AddDays(1);
        _tracker.Time.SetUtcNow(again);
        await _tracker.RecordAsync(Subscribed("c-1") with { MessageId = "again", OccurredAt = again });

        await _tracker.ReviewAsync(An.Ada);

        var begun = (await _tracker.RecordsAsync(An.Ada)).Single(record => record.OccurredAt == again && record.Class == RetentionClass.Order);
        Assert.Equal(again.AddYears(11), begun.ExpireAt);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task An_order_under_a_contract_that_is_over_still_has_its_own_end_to_come()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada), Subscribed("c-1"));
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });
        var placed = Delivered.AddDays(1);
        _tracker.Time.SetUtcNow(placed);
        var order = An.Order("late", An.Ada, placed);

        await _tracker.RecordAsync(order with { Content = order.Content with { Commerce = order.Content.Commerce! with { ContractId = "c-1" } } });

        Assert.Equal(placed.AddYears(11), await EndOfAsync("order.placed"));
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task The_beginning_of_a_contract_that_goes_on_does_not_end_with_another_one()
    {
        await _tracker.RecordAsync(Subscribed("c-1"), Subscribed("c-2"));
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(An.Order("end", An.Ada, Delivered) with { Type = "contract.ended", Content = Naming("c-1") });

        await _tracker.ReviewAsync(An.Ada);

        var ends = (await _tracker.RecordsAsync(An.Ada)).Where(record => record.Type == "contract.started" && record.Class == RetentionClass.Order).Select(record => record.ExpireAt!.Value).Order();
        Assert.Equal([Delivered.AddMonths(26), TestTracker.Noon.AddYears(11)], ends);
    }

    private async Task<DateTimeOffset?> EndOfAsync(string type) =>
        (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Order && record.Type == type).ExpireAt;

    private static InteractionDraft Subscribed(string number) =>
        An.Order($"start-{number}", An.Ada) with { Type = "contract.started", Content = Naming(number) };

    private static InteractionContent Naming(string contract) => new() { Commerce = new() { ContractId = contract } };
}
