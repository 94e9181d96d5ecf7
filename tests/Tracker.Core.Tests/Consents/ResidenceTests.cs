using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13, E14: where a child lived counts in whatever order it is told, and by whichever profile.</summary>
public sealed class ResidenceTests : MovingChild
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    private Task<Notice> ChildNoticeAsync() => RegisterAsync(An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } });

    private async Task<bool> GiveAsync(DateTimeOffset at, SubjectAge? age = null, Identifier? by = null)
    {
        try
        {
            await RecordAsync(An.Consent(Purpose.Analytics, by ?? An.Ada, at, "alone") with { Age = age, NoticeId = "child", NoticeVersion = "child" });
            return true;
        }
        catch (RefusalException refusal) when (refusal.Reason == RefusalReason.GuardianRequired)
        {
            return false;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_residence_counts_in_whatever_order_it_arrives_with_a_newer_birth_date_that_names_none(bool isInOrder)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await ChildNoticeAsync();
        var (lives, said) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        if (isInOrder)
        {
            await StateAsync(Born, "DE", "lives", lives);
            await StateAsync(Born, null, "said", said);
        }
        else
        {
            await StateAsync(Born, null, "said", said);
            await StateAsync(Born, "DE", "lives", lives);
        }

        Assert.False(await GiveAsync(Now));
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_residence_that_was_told_before_the_birth_date_is_known_counts(bool isInOrder)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await ChildNoticeAsync();
        var (lives, said) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        if (isInOrder)
        {
            await StateAsync(null, "DE", "lives", lives);
            await StateAsync(Born, null, "said", said);
        }
        else
        {
            await StateAsync(Born, null, "said", said);
            await StateAsync(null, "DE", "lives", lives);
        }

        Assert.False(await GiveAsync(Now));
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task The_first_residence_that_becomes_known_is_where_the_child_lived_all_along()
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await ChildNoticeAsync();
        Assert.True(await GiveAsync(Now, new(Born, "")));
        await Tracker.RecordAsync(An.PageView("view", An.Ada, Now, Purpose.Analytics));
        Advance(TimeSpan.FromHours(1));
        await StateAsync(null, "DE", "lives", Now);
        await Tracker.ReviewAsync(An.Ada);
        GoTo(TestTracker.Noon.AddDays(101));

        Assert.Equal((0, false), (await ReadAsync(), await MayAsync(Purpose.Analytics, An.Ada)));
        Assert.DoesNotContain(await Tracker.RecordsAsync(An.Ada), record => record.Grants.Any(grant => grant.Purpose == Purpose.Analytics));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E07")]
    public async Task Of_two_profiles_of_a_person_the_stricter_residence_of_then_counts(bool isMerged)
    {
        await Tracker.RecordAsync(An.Receipt(by: An.Ada));
        await ChildNoticeAsync();
        await Tracker.RecordAsync(An.Receipt("card", Card));
        await StateAsync(Born, "IT", "italy", Now);
        await StateAsync(Born, "DE", "card-germany", Now, isMerged ? Card : An.Ada);
        Advance(TimeSpan.FromHours(1));
        var given = Now;
        if (isMerged)
        {
            await Tracker.Merger.MergeAsync(Tracker.Caller, new(new(null, An.Ada), new(null, Card), "ticket 7", []), Cancellation);
        }

        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "IT", "card-italy", Now, isMerged ? Card : An.Ada);
        Advance(TimeSpan.FromHours(1));

        Assert.False(await GiveAsync(given));
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task What_happened_before_the_move_is_not_added_while_the_consent_rests()
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromHours(1));
        var italy = Now;
        Advance(TimeSpan.FromHours(1));
        await StateAsync(Born, "DE", "moved", Now);
        Advance(TimeSpan.FromHours(1));

        var late = await Tracker.RecordAsync(An.PageView("late", An.Ada, italy, Purpose.Analytics));

        Assert.Equal(Outcome.Denied, late.Outcome);
    }
}
