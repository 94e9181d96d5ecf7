using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>How to reach somebody is kept for a contract for as long as that goes on, whatever else the person does.</summary>
public sealed class ContactContractTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Given = TestTracker.Noon.AddMonths(1);
    private static readonly DateTimeOffset Ended = TestTracker.Noon.AddMonths(5);
    private static readonly DateTimeOffset End = Ended.AddDays(30);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task A_contact_given_under_a_number_ends_with_the_contract_of_that_number()
    {
        await SubscribeAsync("c-1");
        await RecordAsync(Contact("contact", Given, "c-1"));
        var before = await UntilAsync();

        await EndAsync("c-1");
        await _tracker.AdvanceToAsync(Ended.AddHours(2));

        Assert.Equal(Given.UtcDateTime.Date.AddMonths(24), before?.UtcDateTime.Date);
        Assert.Equal(End, await UntilAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-011")]
    public async Task A_purchase_after_its_contract_does_not_prolong_a_contact(bool isReviewed)
    {
        await SubscribeAsync("c-1");
        await RecordAsync(Contact("contact", Given, "c-1"));
        await EndAsync("c-1");
        if (isReviewed)
        {
            await _tracker.AdvanceToAsync(Ended.AddHours(2));
        }

        var before = await UntilAsync();
        await RecordAsync(An.Receipt("receipt", An.Ada, Ended.AddDays(10)));
        var slid = await UntilAsync();
        await _tracker.AdvanceToAsync(End.AddHours(1));
        await RecordAsync(An.Receipt("later", An.Ada, Ended.AddMonths(6)));

        Assert.Equal(before, slid);
        Assert.Null(await UntilAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-011")]
    public async Task What_is_stated_for_another_purpose_does_not_prolong_a_contact_of_a_contract_that_has_ended(bool namesNumber)
    {
        var number = namesNumber ? "c-1" : null;
        await SubscribeAsync(number);
        await RecordAsync(Contact("contact", Given, number));
        await RecordAsync(An.Receipt("receipt", An.Ada, Given.AddMonths(1)));
        await EndAsync(number);
        await _tracker.AdvanceToAsync(Ended.AddHours(2));
        var reviewed = await UntilAsync();

        await ConsentAsync(Ended.AddDays(10));
        await RecordAsync(An.Newsletter("newsletter", An.Ada, Ended.AddDays(10)));
        await RecordAsync(An.Receipt("later", An.Ada, Ended.AddDays(12)));

        Assert.Equal(End, reviewed);
        Assert.Equal(End, await UntilAsync());
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task A_contact_given_for_an_order_alone_ends_with_the_order()
    {
        await RecordAsync(An.Order(by: An.Ada));
        await RecordAsync(Contact("contact", Given, null, "order-1"));
        await RecordAsync(Delivered());

        await _tracker.AdvanceToAsync(Ended.AddHours(2));

        Assert.Equal(End, await UntilAsync());
    }

    [Fact]
    public async Task A_contact_goes_on_while_any_of_the_contracts_that_carry_it_does()
    {
        await RecordAsync(An.Order(by: An.Ada));
        await RecordAsync(An.Newsletter("open", An.Ada, TestTracker.Noon) with { Type = "account.opened", Content = new() });
        await RecordAsync(Contact("contact", Given, null, "order-1"));
        await RecordAsync(Delivered());
        await _tracker.AdvanceToAsync(Ended.AddHours(2));
        var asHolder = await UntilAsync();

        await RecordAsync(An.Newsletter("close", An.Ada, Ended.AddDays(20)) with { Type = "account.closed", Content = new() });
        await _tracker.AdvanceToAsync(Ended.AddDays(20).AddHours(2));

        Assert.True(asHolder > Ended.AddMonths(12));
        Assert.Equal(Ended.AddDays(50), await UntilAsync());
    }

    [Fact]
    public async Task A_contract_that_is_taken_up_again_keeps_what_is_given_for_it_then()
    {
        await SubscribeAsync("c-1");
        await RecordAsync(Contact("contact", Given, "c-1"));
        await EndAsync("c-1");
        await _tracker.AdvanceToAsync(Ended.AddHours(2));
        await RecordAsync(Naming("again", "contract.started", Ended.AddDays(10), "c-1"));

        await RecordAsync(Contact("contact-again", Ended.AddDays(12), "c-1"));
        await _tracker.AdvanceToAsync(Ended.AddDays(13));

        Assert.True(await UntilAsync() > Ended.AddMonths(12));
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public async Task The_end_that_becomes_known_late_ends_what_was_given_before_it_though_more_was_given_since()
    {
        await SubscribeAsync("c-1");
        await RecordAsync(Contact("contact", Given, "c-1"));
        await RecordAsync(Contact("again", Ended.AddDays(10), "c-1"));
        await EndAsync("c-1");

        await _tracker.AdvanceToAsync(Ended.AddDays(10).AddHours(2));

        Assert.Equal(End, await UntilAsync());
    }

    private static InteractionDraft Naming(string id, string type, DateTimeOffset at, string? number, string? order = null) =>
        An.Order(id, An.Ada, at) with { Type = type, Content = new InteractionContent { Commerce = new() { ContractId = number, OrderId = order } } };

    private static InteractionDraft Contact(string id, DateTimeOffset at, string? number, string? order = null) => Naming(id, "preference.changed", at, number, order) with
    {
        Content = Naming(id, "", at, number, order).Content with { Contact = An.Newsletter().Content.Contact },
        Purposes = [Purpose.ServiceDelivery],
    };

    private static InteractionDraft Delivered() => An.Order("order-1", An.Ada, Ended) with { MessageId = "delivered", Type = "order.delivered" };

    private async Task SubscribeAsync(string? number) => await RecordAsync(Naming("start", "contract.started", TestTracker.Noon, number));

    private async Task EndAsync(string? number) => await RecordAsync(Naming("end", "contract.ended", Ended, number));

    private async Task ConsentAsync(DateTimeOffset at)
    {
        GoTo(at);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, at), CancellationToken.None);
    }

    /// <summary>At the instant at which it happens, unless the clock is past it already.</summary>
    private async Task RecordAsync(InteractionDraft draft)
    {
        GoTo(draft.OccurredAt!.Value);
        var outcome = await _tracker.RecordAsync(draft);
        Assert.True(outcome.Outcome is Outcome.Accepted or Outcome.AcceptedStripped, $"{draft.MessageId}: {outcome.Outcome} {outcome.Reason}");
    }

    private void GoTo(DateTimeOffset at)
    {
        if (at > _tracker.Time.GetUtcNow())
        {
            _tracker.Time.SetUtcNow(at);
        }
    }

    /// <summary>Until when the service may use the contact; null: not at all.</summary>
    private async Task<DateTimeOffset?> UntilAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        var contact = await _tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None);
        return contact?.Grants.Where(grant => grant.Purpose == Purpose.ServiceDelivery).Select(grant => (DateTimeOffset?)grant.Until).Max();
    }
}
