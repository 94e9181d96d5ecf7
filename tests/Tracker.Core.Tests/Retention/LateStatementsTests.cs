using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>E20, E34: what was stated late says and keeps no more than in time.</summary>
public sealed class LateStatementsTests
{
    private static readonly Policy ContactForAYear = APolicy.With(document =>
    {
        var rules = document["rules"]!.AsArray();
        var own = rules.Single(rule => (string?)rule!["id"] == "IT-SVC-1")!.DeepClone();
        (own["id"], own["category"]) = ("IT-SVC-9", "CONTACT");
        rules.Add(own);
        APolicy.Term("IT-SVC-9", "LAST_INTERACTION", "P12M")(document);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E34")]
    public async Task Contact_details_that_had_ended_with_a_silence_do_not_come_to_life_by_arriving_after_it(bool isInTime)
    {
        await using var tracker = await TestTracker.StartAsync(policy: ContactForAYear);
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        if (isInTime)
        {
            await OpenAsync(tracker);
        }

        await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(13));
        await tracker.RecordAsync(An.Receipt("later", An.Ada, tracker.Time.GetUtcNow()));
        tracker.Time.Advance(TimeSpan.FromHours(1));
        if (!isInTime)
        {
            await OpenAsync(tracker);
        }

        Assert.Null((await tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Phone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task A_notice_that_was_shown_under_a_shorter_rule_says_no_more_for_being_registered_later(bool isInTime)
    {
        var before = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-ANA-1", "EVENT_TIME", "P6M")));
        if (isInTime)
        {
            await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        }

        await before.RecordAsync(An.Receipt(by: An.Ada));
        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);
        if (!isInTime)
        {
            await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        }

        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Analytics, An.Ada, TestTracker.Noon.AddHours(1)), CancellationToken.None);
        var seen = tracker.Time.GetUtcNow();
        await tracker.RecordAsync(An.PageView("view", An.Ada, seen, Purpose.Analytics));
        var until = (await tracker.RecordsAsync(An.Ada)).SelectMany(record => record.Grants).Single(grant => grant.Purpose == Purpose.Analytics).Until;

        Assert.Equal(APolicy.Shipped.Add(seen, CalendarPeriod.OfMonths(6)), until);
    }

    private static Task<InteractionOutcome> OpenAsync(TestTracker tracker) => tracker.RecordAsync(
        An.Newsletter("account", at: TestTracker.Noon) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = new() { GivenName = "Ada", Phone = "+393331234567" } } });
}
