using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>E19, E20: a rule in between counts, whether or not the rewriting under it had come to what it ended.</summary>
public sealed class RulesBetweenTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E19")]
    public async Task What_ended_under_a_rule_in_between_is_not_read_again_under_a_longer_one(bool isRolledOut)
    {
        var first = await TestTracker.StartAsync();
        await first.RecordAsync(An.Receipt("joined", AClaim.Card) with { Type = "loyalty.joined", Content = new() });
        await first.RecordAsync(An.Receipt("scan", AClaim.Card, TestTracker.Noon) with { Type = "loyalty.scanned", Purposes = [Purpose.LoyaltyProgramme], Content = new() { Store = new() { StoreId = "7" } } });
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(7), policy: APolicy.With(APolicy.Rule("IT-LOY-1", "EVENT_TIME", "P6M")), after: first);
        var between = await ReadAsync(second);
        if (isRolledOut)
        {
            await second.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
            await second.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        }

        second.Time.Advance(TimeSpan.FromHours(1));
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-LOY-1", "EVENT_TIME", "P23M")), after: second);

        Assert.Equal((0, 0), (between, await ReadAsync(third)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task A_quote_from_when_quotes_were_valid_for_less_ends_as_then_in_whatever_order_it_arrives(bool isInTime)
    {
        var before = await TestTracker.StartAsync(policy: APolicy.With(document => document["quote_validity"] = "P3M"));
        before.Time.Advance(TimeSpan.FromHours(1));
        if (isInTime)
        {
            await AskAsync(before);
        }

        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);
        if (!isInTime)
        {
            await AskAsync(tracker);
        }

        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        var until = (await tracker.RecordsAsync(An.Ada)).SelectMany(record => record.Grants).Where(grant => grant.Purpose == Purpose.Precontract).Max(grant => grant.Until);

        Assert.Equal(TestTracker.Noon.AddMonths(9), until);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E19")]
    public async Task What_is_of_nobody_ends_by_a_rule_in_between_whether_or_not_it_was_gone_through(bool isRolledOut)
    {
        var first = await TestTracker.StartAsync();
        await first.RecordAsync(AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });
        first.Time.Advance(TimeSpan.FromDays(2));
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P5Y")), after: first);
        if (isRolledOut)
        {
            await second.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        }

        second.Time.Advance(TimeSpan.FromDays(2));
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-SAF-1", "EVENT_TIME", "P9Y")), after: second);
        await third.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        var records = await third.Store.Reviews.ListRecordsAsync(third.Caller.Tenant, ProfileId.None, after: null, limit: 100, CancellationToken.None);

        Assert.Equal(TestTracker.Noon.AddYears(5), records.SelectMany(record => record.Grants).Single(grant => grant.Purpose == Purpose.ProductSafety).Until);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [Trait("Compliance", "E20")]
    public async Task What_happened_between_two_servers_is_bound_by_the_policy_that_none_had_replaced_yet(int day)
    {
        var before = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-LOY-1", "EVENT_TIME", "P6M")));
        await before.RecordAsync(An.Receipt("joined", AClaim.Card) with { Type = "loyalty.joined", Content = new() });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(10), after: before);
        var scanned = TestTracker.Noon.AddDays(day).AddHours(-1);
        await tracker.RecordAsync(An.Receipt("scan", AClaim.Card, scanned) with { Type = "loyalty.scanned", Purposes = [Purpose.LoyaltyProgramme], Content = new() { Store = new() { StoreId = "7" } } });

        var scan = (await tracker.RecordsAsync(AClaim.Card)).Single(record => record.Type == "loyalty.scanned");

        Assert.Equal(APolicy.Shipped.Add(scanned, CalendarPeriod.OfMonths(6)), scan.ExpireAt);
    }

    private static async Task AskAsync(TestTracker tracker) => Assert.NotEqual(Outcome.Denied, (await tracker.RecordAsync(
        An.Order("quote", An.Ada, TestTracker.Noon.AddHours(1)) with { Type = "quote.requested", Initiator = Initiator.Subject, Purposes = [Purpose.Precontract] })).Outcome);

    private static async Task<int> ReadAsync(TestTracker tracker) => await tracker.Lookup.FindAsync(tracker.Caller, new(null, AClaim.Card), CancellationToken.None) is null ? 0 : (await tracker.TimelineAsync(AClaim.Card, Purpose.LoyaltyProgramme)).Items.Count(item => item.Record.Type == "loyalty.scanned");
}
