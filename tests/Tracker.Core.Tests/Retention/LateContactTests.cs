using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>E20: contact details end by the shortest rule in force since they were given, in whatever order they arrive.</summary>
public sealed class LateContactTests
{
    private static readonly Policy Short = APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P12M"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task What_was_stated_under_a_shorter_rule_is_kept_by_it_also_where_it_arrives_after_what_was_stated_under_the_longer(bool isInOrder)
    {
        var before = await TestTracker.StartAsync(policy: Short);
        await before.RecordAsync(An.Receipt(by: An.Ada));
        before.Time.Advance(TimeSpan.FromHours(1));
        if (isInOrder)
        {
            await OpenAsync(before, "first", TestTracker.Noon.AddHours(1), "+393331234567");
        }

        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);
        await OpenAsync(tracker, "second", tracker.Time.GetUtcNow(), null);
        if (!isInOrder)
        {
            await OpenAsync(tracker, "first", TestTracker.Noon.AddHours(1), "+393331234567");
        }

        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(13));

        Assert.Null((await tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Phone);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_that_were_kept_under_a_shorter_rule_in_between_slide_by_it()
    {
        var first = await TestTracker.StartAsync();
        await first.RecordAsync(An.Receipt(by: An.Ada));
        await OpenAsync(first, "first", TestTracker.Noon, "+393331234567");
        first.Time.Advance(TimeSpan.FromDays(3));
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(policy: Short, after: first);
        await second.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await second.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        second.Time.Advance(TimeSpan.FromDays(3));
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P23M")), after: second);
        await third.RecordAsync(An.Receipt("later", An.Ada, third.Time.GetUtcNow()));
        var acted = third.Time.GetUtcNow();
        third.Time.SetUtcNow(acted.AddMonths(13));

        Assert.Null((await third.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Phone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_that_arrive_after_two_changes_end_by_the_shortest_of_all_rules_since(bool isInTime)
    {
        var first = await TestTracker.StartAsync();
        await first.RecordAsync(An.Receipt(by: An.Ada));
        first.Time.Advance(TimeSpan.FromHours(1));
        if (isInTime)
        {
            await OpenAsync(first, "first", TestTracker.Noon.AddHours(1), "+393331234567");
        }

        first.Time.Advance(TimeSpan.FromDays(3));
        await first.CloseAsync();
        var second = await TestTracker.StartAsync(policy: Short, after: first);
        await second.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await second.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        second.Time.Advance(TimeSpan.FromDays(3));
        await second.CloseAsync();
        await using var third = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P23M")), after: second);
        if (!isInTime)
        {
            await OpenAsync(third, "first", TestTracker.Noon.AddHours(1), "+393331234567");
        }

        await third.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await third.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        third.Time.SetUtcNow(TestTracker.Noon.AddMonths(13));

        Assert.Null((await third.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Phone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "E20")]
    public async Task What_no_rule_kept_when_it_happened_is_not_kept_for_arriving_late(bool isInTime)
    {
        var before = await TestTracker.StartAsync(policy: APolicy.With(WithoutOrders));
        before.Time.Advance(TimeSpan.FromHours(1));
        var order = An.Order("1", An.Ada, TestTracker.Noon.AddHours(1)) with { Purposes = [Purpose.OrderFulfilment] };
        var inTime = isInTime ? await before.RecordAsync(order) : null;
        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);

        var outcome = inTime ?? await tracker.RecordAsync(order);

        Assert.Equal(Outcome.Denied, outcome.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-014")]
    public async Task The_end_of_contact_details_names_the_policy_it_is_from(bool isInTime)
    {
        var before = await TestTracker.StartAsync(policy: Short);
        await before.RecordAsync(An.Receipt(by: An.Ada));
        before.Time.Advance(TimeSpan.FromHours(1));
        if (isInTime)
        {
            await OpenAsync(before, "first", TestTracker.Noon.AddHours(1), "+393331234567");
        }

        before.Time.Advance(TimeSpan.FromDays(3));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);
        if (!isInTime)
        {
            await OpenAsync(tracker, "first", TestTracker.Noon.AddHours(1), "+393331234567");
        }

        var control = await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None);
        var contact = (await tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None))!;
        var grant = contact.Grants.Single(grant => grant.Purpose == Purpose.ServiceDelivery);

        Assert.Equal(new DateTimeOffset(TestTracker.Noon.Date, TimeSpan.Zero).AddMonths(12), grant.Until);
        Assert.Equal(Short.Name, grant.EndPolicy.Length > 0 ? grant.EndPolicy : Convert.ToHexStringLower(contact.Decision.PolicySha256.Span));
    }

    private static void WithoutOrders(JsonObject policy)
    {
        var rules = policy["rules"]!.AsArray();
        rules.Remove(rules.Single(rule => (string?)rule!["id"] == "IT-ORD-1"));
        var orders = policy["purposes"]!.AsArray().Single(purpose => (string?)purpose!["purpose"] == "ORDER_FULFILMENT")!;
        foreach (var cell in orders["matrix"]!.AsArray().SelectMany(row => row!["cells"]!.AsObject()).Select(cell => cell.Value!.AsArray()))
        {
            cell.Where(basis => (string?)basis == "CONTRACT").ToList().ForEach(basis => cell.Remove(basis));
        }
    }

    private static async Task OpenAsync(TestTracker tracker, string id, DateTimeOffset at, string? phone) => Assert.NotEqual(Outcome.Denied, (await tracker.RecordAsync(
        An.Newsletter(id, at: at) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = new() { GivenName = "Ada", Phone = phone } } })).Outcome);
}
