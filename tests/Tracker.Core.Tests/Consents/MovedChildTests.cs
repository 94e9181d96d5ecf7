using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>What a child gave alone where it was old enough, and the family moves to where it is not (E13).</summary>
public sealed class MovedChildTests : LedgerTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime);

    /// <summary>Fifteen; sixteen in a hundred days.</summary>
    private static readonly DateOnly Born = Today.AddYears(-16).AddDays(100);

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task What_a_child_gave_alone_rests_from_the_move_and_counts_again_on_its_birthday()
    {
        await GiveAloneAsync("IT");
        var italy = await MayAsync(Purpose.Analytics, An.Ada);

        await MoveAsync("DE");
        var germany = await WhyNotAsync();
        GoTo(TestTracker.Noon.AddDays(100));

        Assert.Equal((true, Reason.GuardianRequired), (italy, germany));
        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task What_was_collected_before_the_move_is_kept_and_not_read_while_the_consent_rests()
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.PageView("italy", An.Ada, TestTracker.Noon, Purpose.Analytics));
        var before = await ReadAsync();

        await MoveAsync("DE");
        await Tracker.ReviewAsync(An.Ada);
        var resting = await ReadAsync();
        var kept = await Tracker.RecordsAsync(An.Ada);
        GoTo(TestTracker.Noon.AddDays(100));

        Assert.Equal((1, 0, 1), (before, resting, await ReadAsync()));
        Assert.Single(kept, record => record.Grants.Any(grant => grant.Purpose == Purpose.Analytics));
        Assert.DoesNotContain(await LedgerAsync(An.Ada), entry => entry.State == ConsentState.Invalidated);
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task What_rests_is_explained_as_what_needs_a_guardian_until_the_birthday()
    {
        await GiveAloneAsync("IT");
        await Tracker.RecordAsync(An.PageView("italy", An.Ada, TestTracker.Noon, Purpose.Analytics));
        await MoveAsync("DE");
        var resting = await DenialAsync("italy");
        GoTo(TestTracker.Noon.AddDays(100));

        Assert.Equal((Reason.GuardianRequired, Reason.None), (resting, await DenialAsync("italy")));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task What_happens_while_it_rests_is_not_stored_either_when_it_arrives_after_the_birthday()
    {
        await GiveAloneAsync("IT");
        await MoveAsync("DE");
        var paused = Now;
        var during = await Tracker.RecordAsync(An.PageView("during", An.Ada, paused, Purpose.Analytics));
        GoTo(TestTracker.Noon.AddDays(100));

        var late = await Tracker.RecordAsync(An.PageView("late", An.Ada, paused, Purpose.Analytics));
        var fresh = await Tracker.RecordAsync(An.PageView("fresh", An.Ada, Now, Purpose.Analytics));

        Assert.Equal((Reason.GuardianRequired, Reason.GuardianRequired, Reason.None), (WhyNot(during), WhyNot(late), WhyNot(fresh)));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_guardian_is_asked_and_carries_on()
    {
        await GiveAloneAsync("IT");
        await MoveAsync("DE");

        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, Now, "guardian") with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });

        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task Who_moves_back_decides_alone_again()
    {
        await GiveAloneAsync("IT");
        await MoveAsync("DE");
        await MoveAsync("IT", "back");

        Assert.True(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    [Trait("Compliance", "E14")]
    public async Task A_corrected_birth_date_is_no_move_and_voids_it()
    {
        await GiveAloneAsync("IT");

        await StateAsync(Born.AddYears(3), "IT", "corrected");
        await Tracker.ReviewAsync(An.Ada);

        Assert.Contains(await LedgerAsync(An.Ada), entry => (entry.State, entry.EndReason) == (ConsentState.Invalidated, EndReason.Minor));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    [Trait("Compliance", "R-044")]
    public async Task What_a_guardian_gave_for_a_fifteen_year_old_in_italy_never_counted_where_nothing_tells_of_a_move()
    {
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        await RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada, Now, "own") with { Age = new(Born, ""), NoticeId = "child", NoticeVersion = "child" });

        Assert.Equal(Reason.NoAuthority, await WhyNotAsync());
    }

    private async Task GiveAloneAsync(string country)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });
        await RecordAsync(An.Consent(Purpose.Analytics, An.Ada, id: "alone") with { Age = new(Born, country), NoticeId = "child", NoticeVersion = "child" });
    }

    private Task MoveAsync(string country, string id = "moved") => StateAsync(Born, country, id);

    private async Task StateAsync(DateOnly born, string country, string id)
    {
        Advance(TimeSpan.FromHours(1));
        await Tracker.RecordAsync(An.Newsletter(id, at: Now) with
        {
            Type = "account.opened",
            Content = new() { Contact = new() { BirthDate = born, PostalAddress = new() { Region = country } } },
        });
    }

    private async Task<Reason> WhyNotAsync() =>
        (await Tracker.Permissions.CheckAsync(Tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.Analytics }, Cancellation)).Reason;

    private async Task<Reason> DenialAsync(string message)
    {
        var explained = await Tracker.Explainer.ExplainAsync(Tracker.Caller, message, null, Purpose.RightsHandling, Cancellation);
        return Assert.Single(Assert.Single(explained.Explained).Grants, explained => explained.Grant.Purpose == Purpose.Analytics).DenialNow;
    }

    private async Task<int> ReadAsync() => (await Tracker.TimelineAsync(An.Ada, Purpose.Analytics)).Items.Count;

    private static Reason WhyNot(InteractionOutcome outcome) => outcome.Outcome == Outcome.Accepted ? Reason.None : Assert.Single(outcome.Denials).Reason;
}
