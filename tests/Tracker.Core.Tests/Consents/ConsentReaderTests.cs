using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>"Was this consent valid on that day?", where the ledger alone does not tell.</summary>
public sealed class ConsentReaderTests : LedgerTests
{
    [Fact]
    public async Task A_consent_given_to_another_controller_is_none_of_ours()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { NoticeId = "oldco" });

        var standing = await StandingAsync(Purpose.Profiling, Now);

        Assert.Equal(new ConsentStanding(IsValid: false, ConsentState.Unspecified, null), standing);
        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    [Trait("Compliance", "E14")]
    public async Task What_a_child_gave_alone_was_never_valid_from_the_day_its_age_is_known()
    {
        var alone = await RecordAsync(An.Consent(Purpose.Personalisation, An.Ada));
        Advance(TimeSpan.FromDays(1));
        var before = await StandingAsync(Purpose.Personalisation, TestTracker.Noon);
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now) with
        {
            Age = new(DateOnly.FromDateTime(Now.UtcDateTime).AddYears(-13), ""),
            Actor = DecisionActor.Guardian,
            AuthorityReference = "ticket-7",
        });

        var after = await StandingAsync(Purpose.Personalisation, TestTracker.Noon);

        Assert.True(before.IsValid);
        Assert.Equal((false, ConsentState.Invalidated, alone.Entry!.Id), (after.IsValid, after.State, after.Entry!.Id));
        Assert.True((await StandingAsync(Purpose.Analytics, Now)).IsValid);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task A_consent_to_profiling_that_turns_out_to_be_of_a_minor_never_counts_not_even_at_eighteen()
    {
        var given = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "guardian") with
        {
            Age = new(DateOnly.FromDateTime(Now.UtcDateTime).AddYears(-17), ""),
            NoticeId = (await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } })).Id,
            NoticeVersion = "child",
        });
        Advance(TimeSpan.FromDays(370));

        var standing = await StandingAsync(Purpose.Profiling, Now);

        Assert.Equal((false, ConsentState.Invalidated, given.Entry!.Id), (standing.IsValid, standing.State, standing.Entry!.Id));
        Assert.False(await MayAsync(Purpose.Profiling, An.Ada));
        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E15")]
    public async Task To_a_source_directed_at_children_no_consent_is_told_valid_of_somebody_whose_age_is_not_known()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada));
        var query = new StandingQuery(new(null, An.Ada), Purpose.RightsHandling, Purpose.Analytics, ContactChannel.Unspecified, "", null);

        Assert.True((await Tracker.Consents.GetStandingAsync(Tracker.Caller, query, Cancellation)).IsValid);
        Assert.False((await Tracker.Consents.GetStandingAsync(Tracker.Caller with { IsChildDirected = true }, query, Cancellation)).IsValid);
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task What_an_objection_ended_is_objected_to_and_names_it()
    {
        var given = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromDays(1));
        var objected = await ObjectAsync(Purpose.DirectMarketing, An.Ada);

        var standing = await StandingAsync(Purpose.DirectMarketing, Now);

        Assert.Equal((false, ConsentState.Objected, given.Entry!.Id), (standing.IsValid, standing.State, standing.Entry!.Id));
        Assert.Equal(
            (objected.Entry!.Id, LedgerKind.Objection, Now), (standing.EndedBy!.Id, standing.EndedBy.Kind, standing.EndedBy.EffectiveAt));
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_is_told_also_where_no_consent_was_ever_given()
    {
        var objected = await ObjectAsync(Purpose.DirectMarketing, An.Ada);

        var standing = await StandingAsync(Purpose.DirectMarketing, Now);

        Assert.Equal((false, ConsentState.Objected, null), (standing.IsValid, standing.State, standing.Entry));
        Assert.Equal(objected.Entry!.Id, standing.EndedBy!.Id);
    }

    [Fact]
    public async Task Who_was_asked_and_refused_is_told_to_have_refused_from_then_on()
    {
        Advance(TimeSpan.FromDays(1));
        var refused = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now) with { State = ConsentState.Refused });

        var (before, from) = (await StandingAsync(Purpose.Analytics, Now.AddMilliseconds(-1)), await StandingAsync(Purpose.Analytics, Now));

        Assert.Equal(new ConsentStanding(IsValid: false, ConsentState.Unspecified, null), before);
        Assert.Equal((false, ConsentState.Refused, refused.Entry!.Id), (from.IsValid, from.State, from.Entry!.Id));
    }

    [Fact]
    public async Task A_refusal_of_one_medium_says_nothing_of_another()
    {
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.Sms) with { State = ConsentState.Refused });

        Assert.Equal(ConsentState.Refused, (await StandingByAsync(ContactChannel.Sms)).State);
        Assert.Equal(ConsentState.Unspecified, (await StandingByAsync(ContactChannel.Email)).State);
    }

    [Fact]
    public async Task A_refusal_that_ended_a_consent_is_told_with_that_consent()
    {
        var given = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada));
        Advance(TimeSpan.FromDays(1));
        var refused = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "no") with { State = ConsentState.Refused });

        var standing = await StandingAsync(Purpose.Analytics, Now);

        Assert.Equal((ConsentState.Refused, given.Entry!.Id, refused.Entry!.Id), (standing.State, standing.Entry!.Id, standing.EndedBy!.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "R-075")]
    public async Task An_objection_is_told_to_be_upheld_from_its_decision_on_with_a_consent_and_without(bool isGiven)
    {
        var given = isGiven ? await RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada)) : null;
        Advance(TimeSpan.FromDays(1));
        var objected = await ObjectAsync(Purpose.CustomerCare, An.Ada);
        Advance(TimeSpan.FromDays(1));
        await Tracker.Objections.DecideAsync(
            Tracker.Caller,
            new() { RequestId = "d", Profile = new(null, An.Ada), Objection = objected.Entry!.Id, Decision = ConsentState.ObjectionUpheld },
            Cancellation);

        var (open, upheld) = (await StandingAsync(Purpose.CustomerCare, Now.AddMilliseconds(-1)), await StandingAsync(Purpose.CustomerCare, Now));

        Assert.Equal((false, ConsentState.Objected), (open.IsValid, open.State));
        Assert.Equal(
            (false, ConsentState.ObjectionUpheld, given?.Entry!.Id, objected.Entry.Id), (upheld.IsValid, upheld.State, upheld.Entry?.Id, upheld.EndedBy!.Id));
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task What_ends_a_consent_is_named_from_that_instant_on_and_not_before()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        Advance(TimeSpan.FromDays(1));
        var withdrawn = await WithdrawAsync(An.Withdrawal(Purpose.Profiling, An.Ada));

        var (before, from) = (await StandingAsync(Purpose.Profiling, Now.AddMilliseconds(-1)), await StandingAsync(Purpose.Profiling, Now));

        Assert.Equal((true, null), (before.IsValid, before.EndedBy));
        Assert.Equal((ConsentState.Withdrawn, withdrawn.Entry!.Id), (from.State, from.EndedBy!.Id));
    }

    [Fact]
    public async Task What_silence_ended_names_the_entry_that_says_so()
    {
        await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        await Tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(24));

        var standing = await StandingAsync(Purpose.Profiling, Now);

        Assert.Equal((ConsentState.Expired, EndReason.Inactivity), (standing.State, standing.EndedBy!.EndReason));
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task Between_request_and_click_a_consent_was_pending_whatever_came_of_it()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var waiting = await StandingAsync(Purpose.DirectMarketing, Now);
        Advance(TimeSpan.FromHours(2));
        await ConfirmAsync(asked.ConfirmationToken);

        var then = await StandingAsync(Purpose.DirectMarketing, Now.AddHours(-1));

        Assert.Equal((false, ConsentState.PendingConfirmation, asked.Entry!.Id), (waiting.IsValid, waiting.State, waiting.Entry!.Id));
        Assert.Equal((false, ConsentState.PendingConfirmation, asked.Entry.Id, asked.Entry.ConfirmBy), (then.IsValid, then.State, then.Entry!.Id, then.Entry.ConfirmBy));
        Assert.Equal(ConsentState.Given, (await StandingAsync(Purpose.DirectMarketing, Now)).State);
    }

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task It_is_told_to_have_been_pending_also_when_its_request_is_gone()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        Advance(TimeSpan.FromHours(2));
        var confirmed = await ConfirmAsync(asked.ConfirmationToken);
        await Tracker.AdvanceToAsync(TestTracker.Noon.AddDays(30));

        var then = await StandingAsync(Purpose.DirectMarketing, TestTracker.Noon.AddHours(1));

        Assert.Equal((false, ConsentState.PendingConfirmation, confirmed.Entry!.Id), (then.IsValid, then.State, then.Entry!.Id));
        Assert.Equal(ConsentState.Unspecified, (await StandingAsync(Purpose.DirectMarketing, TestTracker.Noon.AddMilliseconds(-1))).State);
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_to_all_marketing_is_told_of_what_belongs_to_it_and_of_nothing_else()
    {
        var objection = await ObjectAsync(Purpose.DirectMarketing, An.Ada);

        var (before, from) = (await StandingAsync(Purpose.Profiling, Now.AddMilliseconds(-1)), await StandingAsync(Purpose.Profiling, Now));
        var analytics = await StandingAsync(Purpose.Analytics, Now);

        Assert.Equal((ConsentState.Unspecified, ConsentState.Objected, ConsentState.Unspecified), (before.State, from.State, analytics.State));
        Assert.Equal((false, objection.Entry!.Id), (from.IsValid, from.EndedBy!.Id));
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_to_one_medium_is_told_of_nothing_that_belongs_to_marketing()
    {
        await ObjectAsync(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.Email);

        Assert.Equal(ConsentState.Unspecified, (await StandingAsync(Purpose.Profiling, Now)).State);
    }

    private Task<ConsentStanding> StandingByAsync(ContactChannel medium) => Tracker.Consents.GetStandingAsync(
        Tracker.Caller, new(new(null, An.Ada), Purpose.RightsHandling, Purpose.DirectMarketing, medium, "", null), Cancellation);
}
