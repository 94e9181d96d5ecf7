using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities;

/// <summary>One machine and two people, who sign in on it one after the other.</summary>
public sealed class SharedDeviceTests : IAsyncLifetime
{
    private static readonly Identifier Cookie = new(IdentifierKind.Cookie, "cookie-of-the-house");
    private static readonly Identifier Bea = new(IdentifierKind.Email, "bea@example.com");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E10")]
    public async Task What_was_done_before_a_login_stays_with_nobody_in_particular_and_what_comes_after_is_linked_forward()
    {
        await BuyAsync("before", Cookie);
        await BuyAsync("login", Cookie, An.Ada);
        await BuyAsync("after", Cookie);

        Assert.Equal(["after", "login"], await ReadAsync(An.Ada));
        Assert.Equal(["after", "login"], await ReadAsync(Cookie));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task New_login_breaks_the_link_and_inherits_nothing()
    {
        await BuyAsync("ada", Cookie, An.Ada);
        await BuyAsync("bea", Cookie, Bea);
        await BuyAsync("after", Cookie);

        Assert.Equal(["ada"], await ReadAsync(An.Ada));
        Assert.Equal(["after", "bea"], await ReadAsync(Bea));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Logins_of_one_micro_batch_are_taken_one_after_the_other()
    {
        await BuyAsync("first", Cookie, An.Ada);

        await _tracker.RecordAsync(Of("bea", Cookie, Bea), Of("between", Cookie), Of("ada", Cookie, An.Ada), Of("after", Cookie));

        Assert.Equal(["ada", "after", "first"], await ReadAsync(An.Ada));
        Assert.Equal(["bea", "between"], await ReadAsync(Bea));
        Assert.Equal(["ada", "after", "first"], await ReadAsync(Cookie));
    }

    [Fact]
    public async Task Denied_login_leaves_the_machine_where_it_was()
    {
        await BuyAsync("ada", Cookie, An.Ada);
        await BuyAsync("bea", Bea);

        var denied = await _tracker.RecordAsync(An.PageView("view", at: TestTracker.Noon, purposes: Purpose.Profiling) with { Identifiers = [Cookie, Bea] });

        Assert.Equal(Outcome.Denied, denied.Outcome);
        Assert.Equal(["ada"], await ReadAsync(Cookie));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task Withdrawal_by_the_machine_reaches_whoever_consented_on_it_before_somebody_else_signed_in()
    {
        var given = await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, Cookie), Cancellation);
        await BuyAsync("bea", Cookie, Bea);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Analytics, Cookie), Cancellation);

        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], await LedgerAsync(given.Entry!.Profile));
        Assert.Equal([ConsentState.Withdrawn], await LedgerAsync((await ControlAsync(Bea)).Profile));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task Withdrawal_of_a_consent_by_its_id_finds_it_where_it_was_given_and_a_retry_adds_nothing()
    {
        var given = await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, Cookie), Cancellation);
        await BuyAsync("bea", Cookie, Bea);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        var draft = An.Withdrawal(Purpose.Unspecified, Cookie) with { Consent = given.Entry!.Id };

        var first = await _tracker.Ledger.WithdrawAsync(_tracker.Caller, draft, Cancellation);
        var again = await _tracker.Ledger.WithdrawAsync(_tracker.Caller, draft, Cancellation);

        Assert.Equal((given.Entry.Profile, given.Entry.Id), (first.Entry!.Profile, first.Entry.RefersTo));
        Assert.Equal((first.Entry.Id, true), (again.Entry!.Id, again.IsRepeat));
        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], await LedgerAsync(given.Entry.Profile));
        Assert.Empty(await LedgerAsync((await ControlAsync(Bea)).Profile));
    }

    [Fact]
    public async Task Withdrawal_by_what_names_a_person_is_that_persons_alone()
    {
        var given = await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, Cookie), Cancellation);
        await BuyAsync("bea", Cookie, Bea);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Analytics, Bea), Cancellation);

        Assert.Equal([ConsentState.Given], await LedgerAsync(given.Entry!.Profile));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Machines_of_a_source_that_shares_them_lead_nobody_to_anybody()
    {
        var kiosk = _tracker.Caller with { Source = new("kiosk"), HasSharedDevices = true };

        var outcomes = await _tracker.Recorder.RecordAsync(kiosk, [Of("ada", Cookie, An.Ada), Of("bea", Cookie, Bea), Of("nobody", Cookie)], Cancellation);

        Assert.All(outcomes, outcome => Assert.Contains("identifiers[0]", outcome.StrippedFields));
        Assert.Equal(["ada"], await ReadAsync(An.Ada));
        Assert.Equal(["bea"], await ReadAsync(Bea));
        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, Cookie), Cancellation));
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Ledger.RecordAsync(kiosk, An.Consent(Purpose.Analytics, Cookie), Cancellation));
        Assert.Equal("identifiers[0].value", refusal.Violations[0].Field);
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task A_refusal_from_a_source_that_shares_its_machines_takes_none_of_them()
    {
        await BuyAsync("ada", Cookie, An.Ada);
        await BuyAsync("bea", Bea);

        await _tracker.Ledger.RecordAsync(
            _tracker.Caller with { Source = new("kiosk"), HasSharedDevices = true },
            An.Consent(Purpose.Analytics, Bea) with { State = ConsentState.Refused, Identifiers = [Bea, Cookie] },
            Cancellation);

        Assert.Equal([ConsentState.Refused], await LedgerAsync((await ControlAsync(Bea)).Profile));
        Assert.Equal(["ada"], await ReadAsync(Cookie));
    }

    private static InteractionDraft Of(string id, params Identifier[] by) => An.Receipt(id, at: TestTracker.Noon) with { Identifiers = by };

    private async Task BuyAsync(string id, params Identifier[] by) => Assert.NotEmpty((await _tracker.RecordAsync(Of(id, by))).Grants);

    private async Task<IEnumerable<string>> ReadAsync(Identifier by) => (await _tracker.TimelineAsync(by, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<ConsentState>> LedgerAsync(ProfileId profile) => (await _tracker.ReadLedgerAsync(_tracker.Caller.Tenant, profile, Cancellation)).Select(entry => entry.State);

    private async Task<Control> ControlAsync(Identifier by) => (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, by), Cancellation))!;
}
