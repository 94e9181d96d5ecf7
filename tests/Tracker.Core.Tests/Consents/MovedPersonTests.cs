using Tracker.Core.Consents;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13, R-044: a move counts for all profiles of a person, and for whoever decides for them.</summary>
public sealed class MovedPersonTests : MovingChild
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    private Task<Notice> ChildNoticeAsync() => RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });

    private Task<LinkedPerson> MergeAsync() => Tracker.Merger.MergeAsync(Tracker.Caller, new(new(null, An.Ada), new(null, Card), "ticket 7", []), Cancellation);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-044")]
    public async Task A_withdrawal_of_a_guardian_counts_that_he_could_still_make_when_he_made_it(bool isInTime)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "guardian") with { Age = new(Born, "DE"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        Advance(TimeSpan.FromHours(1));
        var withdrawn = Now;
        var no = An.Withdrawal(Purpose.Analytics, An.Ada, withdrawn) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" };
        if (isInTime)
        {
            await WithdrawAsync(no);
        }

        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "IT", "moved", Now);
        Advance(TimeSpan.FromHours(1));
        if (!isInTime)
        {
            Assert.Null(await Record.ExceptionAsync(() => WithdrawAsync(no)));
        }

        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-044")]
    public async Task What_a_guardian_gave_for_a_child_that_could_decide_alone_by_then_is_no_consent_in_whatever_order_they_arrive(bool isInOrder)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await StateAsync(Born, "DE", "germany", Now);
        var (moved, given) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        if (isInOrder)
        {
            await StateAsync(Born, "IT", "italy", moved);
        }

        try
        {
            await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, given, "guardian") with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        }
        catch (RefusalException refusal) when (refusal.Reason == RefusalReason.NoAuthority)
        {
        }

        if (!isInOrder)
        {
            await StateAsync(Born, "IT", "italy", moved);
        }

        await Tracker.ReviewAsync(An.Ada);

        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E12")]
    public async Task What_was_lawful_where_a_child_lived_does_not_end_when_it_moves_as_an_adult()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "alone"));
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "IT", "italy", Now);
        GoTo(Now.AddYears(1));
        await Tracker.RecordAsync(An.Receipt("r2", An.Ada, Now));
        GoTo(Now.AddYears(1));
        await Tracker.RecordAsync(An.Receipt("r3", An.Ada, Now));
        GoTo(TestTracker.Noon.AddYears(2).AddDays(120));
        await Tracker.RecordAsync(An.Receipt("r4", An.Ada, Now));
        var before = await MayAsync(Purpose.Analytics, An.Ada);
        await StateAsync(null, "FR", "france", Now);
        await Tracker.ReviewAsync(An.Ada);

        Assert.Equal((true, true), (before, await MayAsync(Purpose.Analytics, An.Ada)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E14")]
    public async Task What_a_child_gave_where_another_profile_says_later_that_it_was_too_young_is_deleted(bool isAsked)
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.Receipt("card", Card));
        await StateAsync(Born, "IT", "card-italy", TestTracker.Noon.AddHours(-2), Card);
        await MergeAsync();
        await Tracker.AdvanceToAsync(Now.AddHours(1));
        await Tracker.RecordAsync(An.Newsletter("care", at: Now) with { Type = "page.viewed", Purposes = [Purpose.Analytics], Content = new() { Online = new() { PageUrl = "https://shop.example/a", SessionId = "s" } } });
        Assert.Contains(await Tracker.RecordsAsync(An.Ada), record => record.Grants.Any(grant => grant.Purpose == Purpose.Analytics));

        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "card-germany", TestTracker.Noon.AddHours(-1), Card);
        Assert.Equal(Reason.GuardianRequired, await WhyNotAsync());
        await Tracker.AdvanceToAsync(Now.AddHours(25));
        GoTo(Now.AddDays(30));
        await Tracker.AdvanceToAsync(Now);
        if (isAsked)
        {
            await Tracker.ReviewAsync(An.Ada);
        }

        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Grants.Any(grant => grant.Purpose == Purpose.Analytics));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E07")]
    public async Task A_message_that_says_the_old_country_does_not_wake_what_rests_by_another_profile(bool saysIt)
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.Receipt("card", Card));
        await StateAsync(Born, "DE", "card-germany", Now, Card);
        await MergeAsync();
        Advance(TimeSpan.FromHours(1));
        var before = await WhyNotAsync();

        var outcome = await Tracker.RecordAsync(An.PageView("view", An.Ada, Now, Purpose.Analytics) with
        {
            Content = new()
            {
                Contact = saysIt ? new() { PostalAddress = new() { Region = "IT" } } : null,
                Online = new() { PageUrl = "https://shop.example/a", SessionId = "s1" },
            },
        });

        Assert.Equal(Reason.GuardianRequired, before);
        Assert.Equal((Outcome.Denied, 0), (outcome.Outcome, (await Tracker.RecordsAsync(An.Ada)).Count(record => record.Grants.Any(grant => grant.Purpose == Purpose.Analytics))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-035")]
    public async Task A_guardian_whose_consent_a_person_of_two_profiles_needs_may_withdraw_it(bool byChild)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await StateAsync(Born, "IT", "italy", Now);
        await Tracker.RecordAsync(An.Receipt("card", Card));
        await StateAsync(Born, "DE", "card-germany", Now, Card);
        await MergeAsync();
        Advance(TimeSpan.FromHours(1));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "guardian") with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        Advance(TimeSpan.FromHours(1));
        var no = An.Withdrawal(Purpose.Analytics, An.Ada, Now);

        Assert.Null(await Record.ExceptionAsync(() => WithdrawAsync(byChild ? no : no with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" })));
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task What_is_seen_on_a_guardians_consent_alone_is_seen_no_longer_than_was_said_with_it(bool isMoved)
    {
        var born = Today.AddYears(-14).AddDays(10);
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await ChildNoticeAsync();
        await RegisterAsync(An.Notice("guardian") with { Id = "guardian", Scope = An.Notice().Scope with { RetentionTerms = [new(Purpose.Analytics, CalendarPeriod.OfMonths(6))] } });
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "guardian") with { Age = new(born, "IT"), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7", NoticeId = "guardian", NoticeVersion = "guardian" });
        GoTo(TestTracker.Noon.AddDays(20));
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "alone") with { NoticeId = "child", NoticeVersion = "child" });
        GoTo(TestTracker.Noon.AddDays(21));
        await Tracker.RecordAsync(An.PageView("view", An.Ada, Now, Purpose.Analytics));
        Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await ReadAsync());
        if (isMoved)
        {
            await StateAsync(born, "DE", "moved", Now);
        }
        else
        {
            // For comparison: the child's own is not there at all.
            await Tracker.Closing.CloseAsync(Tracker.Caller, An.Invalidation((await LedgerAsync(An.Ada)).Single(entry => entry.Actor != DecisionActor.Guardian && entry.IsGift).Id), Cancellation);
        }

        Assert.Equal(1, await ReadAsync());
        GoTo(TestTracker.Noon.AddDays(21).AddMonths(7));

        Assert.Equal(0, await ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E07")]
    public async Task A_move_that_one_profile_tells_counts_for_the_next_message_of_the_other_also_in_one_call(bool isOneCall)
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.Receipt("card", Card));
        await StateAsync(Born, "IT", "card-italy", Now, Card);
        await MergeAsync();
        Advance(TimeSpan.FromHours(1));
        InteractionDraft[] drafts =
        [
            An.Receipt("first", An.Ada, Now),
            An.Newsletter("moved", Card, Now) with { Type = "account.opened", Content = new() { Contact = new() { PostalAddress = new() { Region = "DE" } } } },
            An.PageView("view", An.Ada, Now.AddSeconds(1), Purpose.Analytics),
        ];
        Advance(TimeSpan.FromSeconds(2));
        List<InteractionOutcome> outcomes = [];
        foreach (var call in isOneCall ? [drafts] : drafts.Select(draft => (InteractionDraft[])[draft]))
        {
            outcomes.AddRange(await Tracker.RecordAsync(call));
        }

        Assert.Equal(Outcome.Denied, outcomes[2].Outcome);
    }
}
