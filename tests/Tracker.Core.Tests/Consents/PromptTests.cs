using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class PromptTests : LedgerTests
{
    /// <summary>Six calendar months in Rome, where it is summer by then.</summary>
    private static readonly DateTimeOffset InSixMonths = TestTracker.Noon.AddMonths(6).AddHours(-1);

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task Who_refused_is_not_asked_again_for_six_months()
    {
        await RefuseAsync();
        GoTo(TestTracker.Noon.AddMonths(5));
        var early = await CheckAsync(An.AdasCookie);
        GoTo(InSixMonths);
        var later = await CheckAsync(An.AdasCookie);

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.Refused, InSixMonths), early);
        Assert.Equal(new PromptAnswer(MayAsk: true, PromptReason.NoChoice, InSixMonths), later);
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task A_notice_that_says_something_materially_new_may_be_shown_earlier()
    {
        await RefuseAsync();
        await RegisterAsync(An.Notice("2") with { EffectiveAt = TestTracker.Noon.AddDays(9) });
        await RegisterAsync(An.Notice("3") with { EffectiveAt = TestTracker.Noon.AddDays(20), Scope = An.Notice().Scope with { IsMaterialChange = true } });
        GoTo(TestTracker.Noon.AddDays(10));
        var editorial = await CheckAsync(An.AdasCookie);
        GoTo(TestTracker.Noon.AddDays(20));

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.Refused, TestTracker.Noon.AddDays(20)), editorial);
        Assert.Equal(new PromptAnswer(MayAsk: true, PromptReason.NoticeChanged, Now), await CheckAsync(An.AdasCookie));
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task Whose_choice_is_not_known_may_be_asked()
    {
        await RefuseAsync();

        Assert.Equal(new PromptAnswer(MayAsk: true, PromptReason.NoChoice, Now), await CheckAsync(new(IdentifierKind.Cookie, "a-new-cookie")));
    }

    [Fact]
    public async Task Who_has_consented_is_not_asked_at_all()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie));

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.ConsentInForce, Now.AddHours(-12).AddMonths(24)), await CheckAsync(An.AdasCookie));
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task Who_withdrew_is_not_asked_again_for_six_months_whatever_the_notice_says_meanwhile()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie));
        await WithdrawAsync(An.Withdrawal(Purpose.Analytics, An.AdasCookie));
        await RegisterAsync(An.Notice("2") with { EffectiveAt = TestTracker.Noon.AddDays(9), Scope = An.Notice().Scope with { IsMaterialChange = true } });
        GoTo(TestTracker.Noon.AddMonths(5));
        var early = await CheckAsync(An.AdasCookie);
        GoTo(InSixMonths);

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.Withdrawn, InSixMonths), early);
        Assert.Equal(new PromptAnswer(MayAsk: true, PromptReason.IntervalOver, Now), await CheckAsync(An.AdasCookie));
    }

    [Theory]
    [InlineData(Purpose.DirectMarketing)]
    [InlineData(Purpose.Profiling)]
    [Trait("Compliance", "R-076")]
    public async Task Who_objected_to_marketing_is_never_asked_for_it_or_for_what_belongs_to_it(Purpose purpose)
    {
        await ObjectAsync(Purpose.DirectMarketing, An.Ada);
        GoTo(TestTracker.Noon.AddYears(3));

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.Objected, null), await CheckAsync(An.Ada, purpose));
    }

    [Fact]
    [Trait("Compliance", "R-076")]
    public async Task An_objection_to_mail_leaves_the_question_for_text_messages_open()
    {
        await ObjectAsync(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.Email);

        Assert.Equal(PromptReason.Objected, (await CheckAsync(An.Ada, Purpose.DirectMarketing, ContactChannel.Email)).Reason);
        Assert.Equal(PromptReason.Objected, (await CheckAsync(An.Ada, Purpose.DirectMarketing)).Reason);
        Assert.True((await CheckAsync(An.Ada, Purpose.DirectMarketing, ContactChannel.Sms)).MayAsk);
    }

    [Fact]
    [Trait("Compliance", "R-075")]
    public async Task Whose_objection_to_an_interest_was_rejected_may_be_asked()
    {
        var objected = await ObjectAsync(Purpose.FraudSecurity, An.Ada);
        var standing = await CheckAsync(An.Ada, Purpose.FraudSecurity);
        Advance(TimeSpan.FromDays(1));
        await Tracker.Objections.DecideAsync(
            Tracker.Caller,
            new() { RequestId = "d", Profile = new(null, An.Ada), Objection = objected.Entry!.Id, Decision = ConsentState.ObjectionRejected, GroundsReference = "case-9" },
            Cancellation);

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.Objected, null), standing);
        Assert.True((await CheckAsync(An.Ada, Purpose.FraudSecurity)).MayAsk);
    }

    [Fact]
    [Trait("Compliance", "R-033")]
    public async Task While_a_confirmation_is_pending_nobody_is_asked_again()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var waiting = await CheckAsync(An.Ada, Purpose.DirectMarketing);
        GoTo(asked.Entry!.ConfirmBy!.Value);

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.ConfirmationPending, asked.Entry.ConfirmBy), waiting);
        Assert.Equal(new PromptAnswer(MayAsk: true, PromptReason.NoChoice, Now), await CheckAsync(An.Ada, Purpose.DirectMarketing));
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task Of_several_reasons_the_one_that_lasts_longest_is_told()
    {
        await RefuseAsync();
        GoTo(TestTracker.Noon.AddDays(1));
        await WithdrawAsync(An.Withdrawal(Purpose.Analytics, An.AdasCookie));
        GoTo(TestTracker.Noon.AddDays(2));

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.Withdrawn, InSixMonths.AddDays(1)), await CheckAsync(An.AdasCookie));
    }

    [Fact]
    public async Task A_consent_given_to_another_controller_is_no_reason_not_to_ask()
    {
        await RegisterAsync(An.NoticeOf(An.OldCo));
        await RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie) with { NoticeId = "oldco" });

        Assert.True((await CheckAsync(An.AdasCookie)).MayAsk);
    }

    [Theory]
    [InlineData("", 14)]
    [InlineData("DE", 16)]
    [Trait("Compliance", "R-043")]
    [Trait("Compliance", "E13")]
    public async Task A_child_is_not_asked_without_a_guardian_until_the_birthday_of_its_country(string country, int years)
    {
        await GuardianConsentsAsync(Purpose.DirectMarketing, country);
        var birthday = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime).AddYears(years - 13);
        var midnight = new DateTimeOffset(birthday, TimeOnly.MinValue, TimeSpan.FromHours(1)).ToUniversalTime();

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.GuardianRequired, midnight), await CheckAsync(An.Ada));
        GoTo(midnight);
        Assert.True((await CheckAsync(An.Ada)).MayAsk);
        Assert.Equal(PromptReason.GuardianRequired, (await CheckAsync(Channel.Pos, An.Ada, Purpose.Analytics)).Reason);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task A_minor_is_not_asked_for_profiling_before_coming_of_age()
    {
        await GuardianConsentsAsync(Purpose.Analytics);
        GoTo(TestTracker.Noon.AddYears(2));

        Assert.Equal((false, PromptReason.MinorProfiling, 2031), await CheckAsync(An.Ada, Purpose.Profiling) is var answer
            ? (answer.MayAsk, answer.Reason, answer.EarliestAt?.Year)
            : default);
        Assert.True((await CheckAsync(An.Ada, Purpose.ThirdPartySharing)).MayAsk);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task No_guardian_is_asked_for_the_profile_of_a_minor_wherever_the_question_comes_from()
    {
        await GuardianConsentsAsync(Purpose.Analytics);

        Assert.Equal(PromptReason.MinorProfiling, (await CheckAsync(Channel.Pos, An.Ada, Purpose.Profiling)).Reason);
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    [Trait("Compliance", "E15")]
    public async Task A_source_directed_at_children_asks_nobody_whose_age_is_not_known()
    {
        var caller = Tracker.Caller with { IsChildDirected = true };

        var answer = await Tracker.Prompts.CheckAsync(caller, new(null, An.Ada), Purpose.Analytics, ContactChannel.Unspecified, Cancellation);

        Assert.Equal(new PromptAnswer(MayAsk: false, PromptReason.GuardianRequired, null), answer);
    }

    [Fact]
    [Trait("Compliance", "R-151")]
    public async Task A_later_refusal_of_another_notice_that_has_changed_does_not_lift_an_earlier_one()
    {
        await RegisterAsync(An.Notice() with { Id = "app" });
        await RefuseAsync();
        Advance(TimeSpan.FromDays(1));
        await RefuseAsync("app");
        await RegisterAsync(An.Notice("2") with { Id = "app", EffectiveAt = Now.AddDays(10), Scope = An.Notice().Scope with { IsMaterialChange = true } });
        Advance(TimeSpan.FromDays(20));

        Assert.False((await CheckAsync(An.AdasCookie)).MayAsk);
    }

    private Task<ConsentAppended> GuardianConsentsAsync(Purpose purpose, string country = "") => RecordAsync(An.Consent(purpose, An.Ada) with
    {
        Age = new(DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime).AddYears(-13), country),
        Actor = DecisionActor.Guardian,
        AuthorityReference = "ticket-7",
    });

    private Task<ConsentAppended> RefuseAsync(string notice = "privacy") => RecordAsync(An.Consent(Purpose.Analytics, An.AdasCookie, Now, notice) with
    {
        NoticeId = notice,
        State = ConsentState.Refused,
        Evidence = Proof.CmpSignal(notice, Now) with { Act = ConsentAct.Closed },
    });

    private Task<PromptAnswer> CheckAsync(Identifier who, Purpose purpose = Purpose.Analytics, ContactChannel medium = ContactChannel.Unspecified) =>
        CheckAsync(Channel.Web, who, purpose, medium);

    private Task<PromptAnswer> CheckAsync(Channel by, Identifier who, Purpose purpose, ContactChannel medium = ContactChannel.Unspecified) =>
        Tracker.Prompts.CheckAsync(Tracker.Caller with { Channel = by }, new(null, who), purpose, medium, Cancellation);
}
