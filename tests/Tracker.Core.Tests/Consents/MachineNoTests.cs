using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A no by nothing but a machine reaches everybody whom the machine leads or led to; one that names a person too reaches those of them who never named themselves (R-035, E11).</summary>
public sealed class MachineNoTests : LedgerTests
{
    private static readonly Identifier Cookie = new(IdentifierKind.Cookie, "cookie-of-the-house");
    private static readonly Identifier Device = new(IdentifierKind.Device, "device-of-ada");
    private static readonly Identifier Bea = new(IdentifierKind.Email, "bea@example.com");

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task It_reaches_whom_the_machine_led_to_under_the_key_before()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Cookie));
        Tracker.Keys.Add(Tracker.Caller.Tenant, TestTracker.Noon.AddHours(1));
        GoTo(TestTracker.Noon.AddHours(1));
        await SignInAsync(Cookie);

        await SayNoAsync(Cookie);

        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], await StatesAsync(given));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task It_reaches_whom_the_machine_led_to_within_one_micro_batch()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Device));
        await Tracker.RecordAsync(
            An.PageView("view", Device, TestTracker.Noon, Purpose.Analytics) with { Identifiers = [Device, Cookie] },
            An.Receipt("bea") with { Identifiers = [Cookie, Bea] });
        GoTo(TestTracker.Noon.AddMinutes(1));

        await SayNoAsync(Cookie);

        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], await StatesAsync(given));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task Whoever_is_known_by_a_machine_alone_keeps_it_when_somebody_takes_it_in_the_same_micro_batch()
    {
        var outcomes = await Tracker.RecordAsync(An.PageView("view", Cookie, TestTracker.Noon, Purpose.FraudSecurity), An.Receipt("bea") with { Identifiers = [Cookie, Bea] });

        var first = await Tracker.Store.Profiles.FindAsync(Tracker.Caller.Tenant, outcomes[0].Key!.Value, Cancellation);
        var control = (await Tracker.Store.Identities.ReadControlsAsync(Tracker.Caller.Tenant, [first[0].Profile], Cancellation))[0];
        Assert.Equal([IdentifierKind.Cookie], control!.Identifiers.Select(identifier => identifier.Kind));
        Assert.NotEqual(first[0].Profile, (await Tracker.Lookup.FindAsync(Tracker.Caller, new(null, Cookie), Cancellation))!.Profile);
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task A_machine_that_goes_to_and_fro_in_one_micro_batch_leads_to_whoever_had_it_last()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));

        var outcomes = await Tracker.RecordAsync(
            An.Receipt("1") with { Identifiers = [Cookie, An.Ada] },
            An.Receipt("2") with { Identifiers = [Cookie, Bea] },
            An.Receipt("3") with { Identifiers = [Cookie, An.Bob] },
            An.Receipt("4") with { Identifiers = [Cookie, Bea] });

        Assert.All(outcomes, outcome => Assert.Equal(Outcome.Accepted, outcome.Outcome));
        Assert.Equal(await ProfileOfAsync(Bea), await ProfileOfAsync(Cookie));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task It_reaches_whom_the_machine_led_to_when_whoever_took_it_is_gone()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Cookie, TestTracker.Noon));
        await Tracker.RecordAsync(new InteractionDraft
        {
            MessageId = "quote",
            Type = "quote.requested",
            Channel = Channel.Web,
            OccurredAt = TestTracker.Noon,
            Identifiers = [Cookie, Bea],
            Content = new() { Commerce = new() { QuoteId = "q1", Total = new("EUR", 3m) } },
        });
        await Tracker.AdvanceToAsync((await Tracker.Lookup.GetAsync(Tracker.Caller, new(null, Bea), Cancellation)).ExpireAt.AddHours(1));

        await SayNoAsync(Cookie);

        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], await StatesAsync(given));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task A_retry_after_somebody_else_signed_in_is_answered_as_the_first_time()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, Cookie));
        var first = await SayNoAsync(Cookie);
        await SignInAsync(Cookie);

        var again = await SayNoAsync(Cookie);

        Assert.Equal((first.Entry!.Id, true), (again.Entry!.Id, again.IsRepeat));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task It_reaches_whom_the_machine_led_to_where_whoever_says_it_has_no_authority_over_who_has_it_now()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Cookie) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        await Tracker.RecordAsync(An.Receipt("bea") with { Identifiers = [Cookie, Bea] });
        await Tracker.RecordAsync(An.Newsletter("age", Bea) with { Type = "account.opened", Content = new() { Contact = new() { BirthDate = new(1980, 1, 1) } } });

        await Tracker.Ledger.WithdrawAsync(Tracker.Caller, An.Withdrawal(Purpose.Analytics, Cookie) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-8" }, Cancellation);

        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], await StatesAsync(given));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    [Trait("Compliance", "R-036")]
    [Trait("Compliance", "R-150")]
    public async Task One_that_names_a_person_too_takes_back_what_the_visitor_chose_on_the_machine()
    {
        await Tracker.RecordAsync(An.Receipt("ada", An.Ada));
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Cookie));
        Advance(TimeSpan.FromMinutes(5));

        var refused = await RefuseAsync(Cookie, An.Ada);

        Assert.Equal([ConsentState.Given, ConsentState.Refused], await StatesAsync(given));
        Assert.Equal(await ProfileOfAsync(An.Ada), refused.Entry!.Profile);
        Assert.Equal([ConsentState.Refused], await StatesAsync(refused));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task One_that_names_a_person_too_takes_nothing_back_from_others_who_named_themselves_on_the_machine()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Bea));
        await SignInAsync(Device);
        Advance(TimeSpan.FromMinutes(5));

        await RefuseAsync(Device, An.Ada);

        Assert.Equal([ConsentState.Given], await StatesAsync(given));
    }

    [Fact]
    [Trait("Compliance", "E11")]
    public async Task One_that_names_a_person_too_takes_nothing_back_from_a_visitor_who_was_merged_with_somebody()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Device));
        await Tracker.RecordAsync(An.Receipt("bea", Bea));
        await Tracker.Merger.MergeAsync(Tracker.Caller, new(new(given.Entry!.Profile, null), new(null, Bea), "ticket 7", []), Cancellation);
        Advance(TimeSpan.FromMinutes(5));

        await RefuseAsync(Device, An.Ada);

        Assert.Equal([ConsentState.Given], await StatesAsync(given));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task A_retry_of_one_that_names_a_person_too_has_the_answer_of_the_first_time_and_writes_nothing()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Cookie));
        Advance(TimeSpan.FromMinutes(5));
        var first = await RefuseAsync(Cookie, An.Ada);

        var again = await RefuseAsync(Cookie, An.Ada);

        Assert.Equal((first.Entry!.Id, true), (again.Entry!.Id, again.IsRepeat));
        Assert.Equal([ConsentState.Given, ConsentState.Refused], await StatesAsync(given));
        Assert.Equal([ConsentState.Refused], await StatesAsync(first));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    public async Task One_that_may_not_be_said_for_the_person_has_the_answer_of_the_visitor()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, Cookie));
        await Tracker.RecordAsync(An.Receipt("ada", An.Ada));
        await Tracker.RecordAsync(An.Newsletter("age", An.Ada) with { Type = "account.opened", Content = new() { Contact = new() { BirthDate = new(1980, 1, 1) } } });
        Advance(TimeSpan.FromMinutes(5));
        var draft = Refusal(Cookie, An.Ada) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-8" };

        var first = await RecordAsync(draft);
        var again = await RecordAsync(draft);

        Assert.Equal(given.Entry!.Profile, first.Entry!.Profile);
        Assert.Equal((first.Entry.Id, true), (again.Entry!.Id, again.IsRepeat));
        Assert.Equal([ConsentState.Given, ConsentState.Refused], await StatesAsync(given));
    }

    private Task<ConsentAppended> RefuseAsync(params Identifier[] by) => RecordAsync(Refusal(by));

    private static ConsentDraft Refusal(params Identifier[] by) =>
        An.Consent(Purpose.Analytics, by[0], TestTracker.Noon.AddMinutes(5), "no") with { State = ConsentState.Refused, Identifiers = by };

    private Task<InteractionOutcome> SignInAsync(Identifier machine) => Tracker.RecordAsync(An.Receipt("bea") with { Identifiers = [machine, Bea] });

    private Task<ConsentAppended> SayNoAsync(Identifier machine) => Tracker.Ledger.WithdrawAsync(Tracker.Caller, An.Withdrawal(Purpose.Analytics, machine), Cancellation);

    private async Task<ProfileId> ProfileOfAsync(Identifier identifier) => (await Tracker.Lookup.GetAsync(Tracker.Caller, new(null, identifier), Cancellation)).Profile;

    private async Task<IEnumerable<ConsentState>> StatesAsync(ConsentAppended given) =>
        (await Tracker.ReadLedgerAsync(Tracker.Caller.Tenant, given.Entry!.Profile, Cancellation)).Select(entry => entry.State);
}
