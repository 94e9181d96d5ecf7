using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class AuthorityTests : LedgerTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime);

    [Fact]
    [Trait("Compliance", "R-043")]
    public async Task A_child_of_thirteen_does_not_decide_alone()
    {
        var refused = await RefusedAsync(Of(13, Purpose.Analytics));

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
        Assert.Equal("actor", Assert.Single(refused.Violations).Field);
        Assert.Null(await Tracker.Lookup.FindAsync(Tracker.Caller, new(null, An.Ada), Cancellation));
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    public async Task At_fourteen_it_does_on_a_notice_in_its_language()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        var draft = Of(14, Purpose.Analytics);

        var refused = await RefusedAsync(draft);
        var given = await RecordAsync(draft with { NoticeId = "child", NoticeVersion = "child" });

        Assert.Equal((RefusalReason.GuardianRequired, ConsentState.Given), (refused.Reason, given.Entry!.State));
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    public async Task Where_another_country_counts_its_age_does()
    {
        var draft = Of(15, Purpose.Analytics);

        var refused = await RefusedAsync(draft with { Age = draft.Age! with { Country = "DE" } });

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    public async Task In_the_shop_eighteen_counts() =>
        Assert.Equal(RefusalReason.GuardianRequired, (await RefusedAsync(Of(17, Purpose.DirectMarketing) with { IsOffline = true })).Reason);

    [Fact]
    [Trait("Compliance", "R-044")]
    [Trait("Compliance", "E12")]
    public async Task What_a_guardian_gave_stays_and_his_authority_passes_to_the_child()
    {
        var given = await RecordAsync(Of(13, Purpose.Analytics) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        GoTo(TestTracker.Noon.AddYears(1));

        var guardians = await Assert.ThrowsAsync<RefusalException>(() =>
            WithdrawAsync(An.Withdrawal(Purpose.Analytics, An.Ada) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" }));
        var own = await WithdrawAsync(An.Withdrawal(Purpose.Analytics, An.Ada));

        Assert.Equal((DecisionActor.Guardian, RefusalReason.NoAuthority), (given.Entry!.Actor, guardians.Reason));
        Assert.Equal((ConsentState.Withdrawn, DecisionActor.Subject), (own.Entry!.State, own.Entry.Actor));
    }

    [Fact]
    [Trait("Compliance", "R-044")]
    public async Task A_guardian_gives_nothing_for_somebody_old_enough() => Assert.Equal(
        RefusalReason.NoAuthority,
        (await RefusedAsync(Of(14, Purpose.Analytics) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" })).Reason);

    [Fact]
    public async Task A_guardian_says_what_shows_that_he_is_one() => Assert.Equal(
        "authority_reference",
        Assert.Single((await RefusedAsync(Of(13, Purpose.Analytics) with { Actor = DecisionActor.Guardian })).Violations).Field);

    [Fact]
    public async Task An_age_stated_once_is_known_from_then_on_and_sealed()
    {
        await RecordAsync(Of(13, Purpose.Analytics) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });

        var refused = await RefusedAsync(An.Consent(Purpose.DirectMarketing, An.Ada));

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
        Assert.False((await ControlAsync(An.Ada)).SealedAge.IsEmpty);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task A_later_entry_that_states_no_age_leaves_it_known()
    {
        await RecordAsync(Of(13, Purpose.Analytics) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });

        await WithdrawAsync(An.Withdrawal(Purpose.Personalisation, An.Ada));

        Assert.False((await ControlAsync(An.Ada)).SealedAge.IsEmpty);
        Assert.Equal(RefusalReason.MinorProfiling, (await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada))).Reason);
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task A_corrected_birth_date_has_everything_of_the_person_looked_at_again()
    {
        await RecordAsync(Of(30, Purpose.Analytics));
        var before = (await Tracker.Store.Errands.ReadDueAsync(Now, 10, Cancellation)).Count;

        await RecordAsync(Of(13, Purpose.DirectMarketing) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });

        Assert.True((await Tracker.Store.Errands.ReadDueAsync(Now + new ConsentOptions().SecondPassDelay, 10, Cancellation)).Count > before);
    }

    [Theory]
    [InlineData(1899, 12, 31)]
    [InlineData(2026, 11, 25)]
    public async Task Nobody_was_born_before_1900_or_will_be_tomorrow(int year, int month, int day)
    {
        var refused = await RefusedAsync(An.Consent(Purpose.Analytics, An.Ada) with { Age = new(new(year, month, day), "") });

        Assert.Equal("age.birth_date", Assert.Single(refused.Violations).Field);
    }

    private static ConsentDraft Of(int years, Purpose purpose) => An.Consent(purpose, An.Ada) with { Age = new(Today.AddYears(-years), "") };
}
