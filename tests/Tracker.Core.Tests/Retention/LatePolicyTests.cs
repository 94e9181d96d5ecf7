using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>Contact details collected under a shorter rule slide no further by a longer one, also where they arrive after it (E20).</summary>
public sealed class LatePolicyTests
{
    private static readonly Policy Short = APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P12M"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_from_before_a_longer_rule_are_kept_by_the_shorter_in_whatever_order_they_arrive(bool isInTime)
    {
        var before = await TestTracker.StartAsync(policy: Short);
        await before.RecordAsync(An.Receipt(by: An.Ada));
        before.Time.Advance(TimeSpan.FromHours(1));
        if (isInTime)
        {
            await OpenAsync(before);
        }

        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);
        if (!isInTime)
        {
            await OpenAsync(tracker);
        }

        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(13));

        Assert.Null((await tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.GivenName);
    }

    private static async Task OpenAsync(TestTracker tracker) => Assert.NotEqual(Outcome.Denied, (await tracker.RecordAsync(
        An.Newsletter("account", at: TestTracker.Noon.AddHours(1)) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery] })).Outcome);
}
