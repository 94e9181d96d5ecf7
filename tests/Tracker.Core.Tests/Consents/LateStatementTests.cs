using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>A statement of one half (birth date, residence) that is newer must not swallow a late statement of the other half.</summary>
public sealed class LateStatementTests : MovingChild
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_move_counts_in_whatever_order_it_arrives_with_a_newer_birth_date(bool isInOrder)
    {
        await GiveAloneAsync("IT");
        var (moved, said) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        if (isInOrder)
        {
            await StateAsync(Born, "DE", "moved", moved);
            await StateAsync(Born, null, "said", said);
        }
        else
        {
            await StateAsync(Born, null, "said", said);
            await StateAsync(Born, "DE", "moved", moved);
        }

        Assert.Equal(Reason.GuardianRequired, await WhyNotAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_corrected_birth_date_counts_in_whatever_order_it_arrives_with_a_newer_address(bool isInOrder)
    {
        await GiveAloneAsync("IT");
        var (corrected, said) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        if (isInOrder)
        {
            await StateAsync(Born.AddYears(3), null, "corrected", corrected);
            await StateAsync(null, "DE", "said", said);
            await StateAsync(null, "IT", "said-2", said.AddMinutes(1));
        }
        else
        {
            await StateAsync(null, "DE", "said", said);
            await StateAsync(null, "IT", "said-2", said.AddMinutes(1));
            await StateAsync(Born.AddYears(3), null, "corrected", corrected);
        }

        await Tracker.ReviewAsync(An.Ada);

        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
        Assert.Contains(await LedgerAsync(An.Ada), entry => (entry.State, entry.EndReason) == (ConsentState.Invalidated, EndReason.Minor));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E13")]
    public async Task A_move_counts_in_whatever_order_it_arrives_with_a_newer_consent_that_states_the_birth_date_alone(bool isInOrder)
    {
        await GiveAloneAsync("IT");
        var (moved, said) = (TestTracker.Noon.AddHours(1), TestTracker.Noon.AddHours(2));
        GoTo(TestTracker.Noon.AddHours(3));
        Task SayAsync() => RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada, said, "said") with { Age = new(Born, ""), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        if (isInOrder)
        {
            await StateAsync(Born, "DE", "moved", moved);
            await SayAsync();
        }
        else
        {
            // By what is known then the child decides alone; the statement of its age is taken from a child's own consent.
            await RecordAsync(An.Consent(Purpose.CustomerCare, An.Ada, said, "said") with { Age = new(Born, ""), NoticeId = "child", NoticeVersion = "child" });
            await StateAsync(Born, "DE", "moved", moved);
        }

        Assert.Equal(Reason.GuardianRequired, await WhyNotAsync());
    }

    [Theory]
    [InlineData("DE", "IT")]
    [InlineData("IT", "DE")]
    [Trait("Compliance", "E13")]
    public async Task Of_two_statements_of_one_instant_the_stricter_counts(string first, string second)
    {
        await GiveAloneAsync("IT");
        Advance(TimeSpan.FromHours(1));

        await StateAsync(Born, first, "first", Now);
        await StateAsync(Born, second, "second", Now);

        Assert.Equal(Reason.GuardianRequired, await WhyNotAsync());
    }
}
