using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class ReceiptClaimTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_receipt_bought_anonymously_becomes_the_claimants()
    {
        var sale = await _tracker.SellAsync();
        _tracker.Time.Advance(TimeSpan.FromDays(3));

        var outcome = await _tracker.ClaimAsync();

        var item = Assert.Single((await _tracker.TimelineAsync(AClaim.Card, Purpose.OrderFulfilment)).Items);
        Assert.Equal((Outcome.Accepted, sale.Key), (outcome.Outcome, outcome.Key));
        Assert.Equal([Purpose.AccountingTax, Purpose.OrderFulfilment], outcome.Grants.Select(grant => grant.Purpose));
        Assert.Equal((TestTracker.Noon, 21m), (item.Record.OccurredAt, item.Content.Commerce!.Total!.Amount));
        Assert.Equal("", outcome.MessageId);
        Assert.Empty(_tracker.Read("receipts"));
    }

    [Fact]
    public async Task A_repeat_of_the_claim_is_a_duplicate_and_of_the_till_too()
    {
        var sale = await _tracker.SellAsync();
        await _tracker.ClaimAsync();
        var before = _tracker.Dump();

        var again = await _tracker.ClaimAsync();
        var till = await _tracker.SellAsync();

        Assert.Equal((Outcome.Duplicate, sale.Key), (again.Outcome, again.Key));
        Assert.Equal((Outcome.Duplicate, sale.Key), (till.Outcome, till.Key));
        Assert.Equal(before, _tracker.Dump());
    }

    [Fact]
    public async Task A_repeat_never_meets_another_sale_of_the_same_number()
    {
        await _tracker.SellAsync();
        await _tracker.ClaimAsync();
        await _tracker.SellAsync("other");

        Assert.Equal(Outcome.Duplicate, (await _tracker.ClaimAsync()).Outcome);
        Assert.Single(_tracker.Read("receipts"));
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_what_everybody_is_told_who_finds_nothing()
    {
        await _tracker.SellAsync();
        await _tracker.ClaimAsync();
        var before = _tracker.Dump();

        var second = await AClaim.RefusedAsync(_tracker.ClaimAsync(by: An.Ada));
        var never = await AClaim.RefusedAsync(_tracker.ClaimAsync(by: An.Ada, number: new(IdentifierKind.Receipt, "0042-9999")));

        Assert.Equal(RefusalReason.ReceiptNotFound, second.Reason);
        Assert.Equal(never.Message, second.Message);
        Assert.Equal(before, _tracker.Dump());
    }

    [Fact]
    public async Task A_wrong_total_or_date_is_refused_as_if_there_were_nothing_and_a_right_one_is_not()
    {
        await _tracker.SellAsync();
        var before = _tracker.Dump();

        var never = await AClaim.RefusedAsync(_tracker.ClaimAsync(number: new(IdentifierKind.Receipt, "0042-9999")));
        foreach (var wrong in new ClaimDraft[] { new() { Total = new("EUR", 21.01m) }, new() { Total = new("USD", 21m) }, new() { BusinessDate = new(2026, 11, 24) } })
        {
            Assert.Equal(never.Message, (await AClaim.RefusedAsync(_tracker.ClaimAsync(wrong))).Message);
        }

        Assert.Equal(before, _tracker.Dump());
        Assert.Equal(Outcome.Accepted, (await _tracker.ClaimAsync(new() { Total = new("EUR", 21.00m), BusinessDate = new(2026, 11, 23) })).Outcome);
    }

    [Fact]
    public async Task Of_two_sales_of_one_number_the_total_says_which_and_without_it_neither_is_found()
    {
        await _tracker.SellAsync("one");
        var other = await _tracker.SellAsync("two", total: 5m);

        await AClaim.RefusedAsync(_tracker.ClaimAsync());
        var outcome = await _tracker.ClaimAsync(new() { Total = new("EUR", 5m) });

        Assert.Equal(other.Key, outcome.Key);
        Assert.Single(_tracker.Read("receipts"));
    }

    [Fact]
    public async Task A_receipt_of_somebody_known_is_never_moved()
    {
        await _tracker.RecordAsync(AClaim.Sale() with { Identifiers = [An.Ada, AClaim.Number] });

        await AClaim.RefusedAsync(_tracker.ClaimAsync());

        Assert.Empty(_tracker.Read("receipts"));
        Assert.NotEmpty(await _tracker.RecordsAsync(An.Ada));
    }

    [Fact]
    public async Task A_return_has_no_link_because_it_names_the_receipt_of_the_sale()
    {
        await _tracker.RecordAsync(AClaim.Sale("back") with { Type = "order.returned" });

        Assert.Empty(_tracker.Read("receipts"));
    }

    [Fact]
    public async Task A_denied_or_repeated_sale_leaves_no_link()
    {
        await _tracker.RecordAsync(AClaim.Sale("old", TestTracker.Noon.AddYears(-16)));
        Assert.Empty(_tracker.Read("receipts"));

        await _tracker.SellAsync();
        await _tracker.RecordAsync(AClaim.Sale() with { Identifiers = [new(IdentifierKind.Receipt, "other")] });
        Assert.Single(_tracker.Read("receipts"));
    }

    [Fact]
    public async Task A_claim_before_the_sale_finds_nothing()
    {
        await _tracker.SellAsync();

        await AClaim.RefusedAsync(_tracker.ClaimAsync(new() { ClaimedAt = TestTracker.Noon.AddMinutes(-1) }));
    }

    [Fact]
    public async Task A_number_is_claimed_after_the_key_has_got_a_new_version()
    {
        await _tracker.SellAsync();
        _tracker.Keys.Add(_tracker.Caller.Tenant, _tracker.Time.GetUtcNow());

        Assert.Equal(Outcome.Accepted, (await _tracker.ClaimAsync()).Outcome);
        Assert.Equal(Outcome.Duplicate, (await _tracker.ClaimAsync()).Outcome);
        Assert.Empty(_tracker.Read("receipts"));
    }

    [Fact]
    public async Task Of_many_claims_at_the_same_time_one_is_stored()
    {
        await _tracker.SellAsync();
        Identifier[] people = [.. Enumerable.Range(0, 8).Select(number => new Identifier(IdentifierKind.Email, $"p{number}@example.com"))];

        var found = await Task.WhenAll(people.Select(async person =>
        {
            try
            {
                return (await _tracker.ClaimAsync(by: person)).Outcome;
            }
            catch (RefusalException refusal) when (refusal.Reason == RefusalReason.ReceiptNotFound)
            {
                return Outcome.Denied;
            }
        }));

        Assert.Single(found, outcome => outcome == Outcome.Accepted);
        Assert.Equal(7, found.Count(outcome => outcome == Outcome.Denied));
        Assert.Single(_tracker.Read("control"));
    }

    [Fact]
    public async Task Same_claim_many_times_at_once_is_stored_once_and_told_alike()
    {
        var sale = await _tracker.SellAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _tracker.ClaimAsync()));

        Assert.Single(outcomes, outcome => outcome.Outcome == Outcome.Accepted);
        Assert.All(outcomes, outcome => Assert.Equal(sale.Key, outcome.Key));
    }
}
