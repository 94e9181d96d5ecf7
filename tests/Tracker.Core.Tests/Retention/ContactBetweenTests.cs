using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>E19: contact details on a consent that a rule in between had ended.</summary>
public sealed class ContactBetweenTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E19")]
    public async Task Contact_details_that_a_rule_in_between_had_ended_are_not_read_again_under_a_longer_one(bool isRolledOut)
    {
        var first = await TestTracker.StartAsync();
        await first.RecordAsync(An.Receipt(by: An.Ada));
        await first.Notices.RegisterAsync(first.Caller, An.Notice(), CancellationToken.None);
        await first.Ledger.RecordAsync(first.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await first.RecordAsync(An.Newsletter("form", at: TestTracker.Noon));
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(14), policy: APolicy.With(APolicy.Term("IT-MKT-1", "LAST_INTERACTION", "P12M")), after: first);
        var between = (await second.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email;
        if (isRolledOut)
        {
            await second.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
            await second.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        }

        second.Time.Advance(TimeSpan.FromHours(1));
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(policy: APolicy.With(document => document["quote_validity"] = "P5M"), after: second);

        Assert.Equal((null, null), (between, (await third.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_on_a_consent_from_under_a_shorter_rule_slide_no_further_by_a_longer_one(bool isInTime)
    {
        var first = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-MKT-1", "LAST_INTERACTION", "P12M")));
        await first.RecordAsync(An.Receipt(by: An.Ada));
        await first.Notices.RegisterAsync(first.Caller, An.Notice(), CancellationToken.None);
        await first.Ledger.RecordAsync(first.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        first.Time.Advance(TimeSpan.FromHours(1));
        if (isInTime)
        {
            await first.RecordAsync(An.Newsletter("form", at: TestTracker.Noon.AddHours(1)));
        }

        first.Time.Advance(TimeSpan.FromDays(1));
        await first.CloseAsync();
        await using var second = await TestTracker.StartAsync(after: first);
        second.Time.Advance(TimeSpan.FromDays(1));
        await second.RecordAsync(An.Receipt("later", An.Ada, second.Time.GetUtcNow()));
        if (!isInTime)
        {
            await second.RecordAsync(An.Newsletter("form", at: TestTracker.Noon.AddHours(1)));
        }

        second.Time.SetUtcNow(second.Time.GetUtcNow().AddMonths(13));

        Assert.Null((await second.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email);
    }
}
