using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class GuardianTests : LedgerTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime);

    [Fact]
    [Trait("Compliance", "R-044")]
    public async Task A_guardian_who_has_no_authority_left_cannot_refuse_either()
    {
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada) with { Age = Aged(30) });

        var refused = await RefusedAsync(Guardian(An.Consent(Purpose.Analytics, An.Ada, id: "no")) with { State = ConsentState.Refused });

        Assert.Equal(RefusalReason.NoAuthority, refused.Reason);
        Assert.True(await CountsAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-044")]
    public async Task What_a_guardian_withdrew_before_the_birthday_is_not_lost_by_arriving_after_it()
    {
        await RecordAsync(Guardian(An.Consent(Purpose.Analytics, An.Ada)) with { Age = new(Today.AddYears(-14).AddDays(2), "") });
        GoTo(TestTracker.Noon.AddDays(5));

        await WithdrawAsync(Guardian(An.Withdrawal(Purpose.Analytics, An.Ada, TestTracker.Noon.AddDays(1))));

        Assert.False(await CountsAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-035")]
    [Trait("Compliance", "R-044")]
    public async Task What_a_guardian_signed_in_the_shop_he_may_withdraw_until_the_child_is_eighteen()
    {
        await RecordAsync(Guardian(An.Consent(Purpose.DirectMarketing, An.Ada)) with { Age = Aged(15), IsOffline = true });

        await WithdrawAsync(Guardian(An.Withdrawal(Purpose.DirectMarketing, An.Ada)));

        Assert.False(await CountsAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Theory]
    [InlineData(EvidenceKind.PaperScan)]
    [InlineData(EvidenceKind.Voice)]
    [Trait("Compliance", "R-043")]
    public async Task A_paper_or_a_call_is_no_online_service_whatever_the_source_says(EvidenceKind kind)
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var proof = kind == EvidenceKind.Voice ? Proof.Voice("v", TestTracker.Noon) : Proof.Paper("p", TestTracker.Noon);

        var refused = await RefusedAsync(An.Consent(Purpose.Analytics, An.Ada) with { Age = Aged(17), NoticeId = "child", NoticeVersion = "child", Evidence = proof });

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    [Trait("Compliance", "E14")]
    public async Task Who_turns_out_to_be_a_child_before_the_click_confirms_nothing()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        await RecordAsync(Guardian(An.Consent(Purpose.Analytics, An.Ada)) with { Age = Aged(12) });

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConfirmAsync(asked.ConfirmationToken));

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
        Assert.False(await CountsAsync(Purpose.DirectMarketing, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    public async Task Born_on_the_29th_of_February_one_comes_of_age_on_the_first_of_March()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        ConsentDraft Of(DateTimeOffset at) => An.Consent(Purpose.Analytics, An.Ada, at) with { Age = new(new(2016, 2, 29), ""), NoticeId = "child", NoticeVersion = "child" };
        DateTimeOffset last = new(2030, 2, 28, 12, 0, 0, TimeSpan.Zero);
        GoTo(last);

        var refused = await RefusedAsync(Of(last));
        GoTo(last.AddDays(1));
        var given = await RecordAsync(Of(last.AddDays(1)));

        Assert.Equal((RefusalReason.GuardianRequired, ConsentState.Given), (refused.Reason, given.Entry!.State));
    }

    [Theory]
    [InlineData(Purpose.Profiling, true)]
    [InlineData(Purpose.Personalisation, false)]
    [Trait("Compliance", "R-045")]
    public async Task No_consent_to_the_profile_of_a_minor_is_taken_whoever_gives_it(Purpose purpose, bool isByGuardian)
    {
        var draft = An.Consent(purpose, An.Ada) with { Age = Aged(isByGuardian ? 13 : 17) };

        var refused = await RefusedAsync(isByGuardian ? Guardian(draft) : draft);

        Assert.Equal((RefusalReason.MinorProfiling, "purpose"), (refused.Reason, Assert.Single(refused.Violations).Field));
        Assert.Null(await Tracker.Lookup.FindAsync(Tracker.Caller, new(null, An.Ada), Cancellation));
    }

    [Fact]
    [Trait("Compliance", "E15")]
    public async Task A_source_directed_at_children_states_the_age_or_brings_a_guardian()
    {
        var game = Tracker.Caller with { IsChildDirected = true };

        var alone = await Assert.ThrowsAsync<RefusalException>(() => RecordAsync(An.Consent(Purpose.Analytics, An.Ada), game));
        var aged = await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "aged") with { Age = Aged(30) }, game);
        var guarded = await RecordAsync(Guardian(An.Consent(Purpose.Analytics, An.Bob, id: "guarded")), game);

        Assert.Equal((RefusalReason.GuardianRequired, "age"), (alone.Reason, Assert.Single(alone.Violations).Field));
        Assert.Equal((ConsentState.Given, ConsentState.Given), (aged.Entry!.State, guarded.Entry!.State));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(18)]
    [Trait("Compliance", "R-044")]
    [Trait("Compliance", "E14")]
    public async Task What_a_guardian_gave_for_somebody_who_turns_out_to_have_been_old_enough_never_counted(int years)
    {
        await RecordAsync(Guardian(An.Consent(Purpose.Analytics, An.Ada)));
        await Tracker.RecordAsync(An.PageView("seen", An.Ada, TestTracker.Noon, Purpose.Analytics));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "own") with { Age = Aged(years) });

        var answer = await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.Analytics }, Cancellation);
        await Tracker.ReviewAsync(An.Ada);

        Assert.Equal(Reason.NoAuthority, answer.Reason);
        var found = Assert.Single(await LedgerAsync(An.Ada), entry => entry.RefersTo is not null);
        Assert.Equal((ConsentState.Invalidated, EndReason.EvidenceVoid), (found.State, found.EndReason));
        Assert.Empty(await Tracker.RecordsAsync(An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-044")]
    public async Task What_a_guardian_gave_before_the_birthday_stays_valid_when_the_age_becomes_known_after_it()
    {
        await RecordAsync(Guardian(An.Consent(Purpose.Analytics, An.Ada)) with { IsOffline = true });
        GoTo(TestTracker.Noon.AddDays(5));
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, TestTracker.Noon.AddDays(5), id: "own") with { Age = new(Today.AddYears(-18).AddDays(2), "") });

        await Tracker.ReviewAsync(An.Ada);

        Assert.True(await CountsAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E12")]
    [Trait("Compliance", "E13")]
    public async Task What_a_guardian_gave_where_sixteen_is_the_age_stays_valid_where_it_is_fourteen()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var born = Today.AddYears(-15).AddDays(-10);
        await RecordAsync(Guardian(An.Consent(Purpose.Analytics, An.Ada)) with { Age = new(born, "DE") });
        Advance(TimeSpan.FromDays(30));

        await RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada, Now, "own") with { Age = new(born, "IT"), NoticeId = "child", NoticeVersion = "child" });
        await Tracker.ReviewAsync(An.Ada);

        Assert.True(await CountsAsync(Purpose.Analytics, An.Ada));
        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
    }

    private static SubjectAge Aged(int years) => new(Today.AddYears(-years), "");

    private static ConsentDraft Guardian(ConsentDraft draft) => draft with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" };

    private static WithdrawalDraft Guardian(WithdrawalDraft draft) => draft with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" };
}
