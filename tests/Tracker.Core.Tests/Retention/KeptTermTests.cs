using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>Contact details that no consent carries are kept no longer than their rule was when they were first given (E20).</summary>
public sealed class KeptTermTests
{
    // The last act of a person is known by its day.
    private static readonly DateTimeOffset Day = new(TestTracker.Noon.Date, TimeSpan.Zero);

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_that_a_contract_carries_slide_no_further_by_a_rule_that_is_longer_later()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt("first", An.Ada), Opened(before));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(2), policy: APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P60M")), after: before);

        await tracker.RecordAsync(An.Receipt("later", An.Ada, tracker.Time.GetUtcNow()));
        var slid = await ContactEndAsync(tracker);
        await tracker.RecordAsync(Opened(tracker));
        await tracker.ReviewAsync(An.Ada);

        Assert.Equal((Day.AddDays(2).AddMonths(24), Day.AddDays(2).AddMonths(24)), (slid, await ContactEndAsync(tracker)));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_first_given_under_the_longer_rule_are_kept_as_long()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P60M")));

        await tracker.RecordAsync(An.Receipt("first", An.Ada), Opened(tracker));

        Assert.Equal(Day.AddMonths(60), await ContactEndAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task Contact_details_that_a_contract_carries_go_by_a_rule_that_is_shorter_later()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt("first", An.Ada), Opened(before));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P12M")), after: before);

        await tracker.ReviewAsync(An.Ada);

        Assert.Equal(Day.AddMonths(12), await ContactEndAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_go_with_their_contract_as_the_rule_said_when_they_were_given()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt("first", An.Ada), Opened(before));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(2), policy: APolicy.With(APolicy.Term("IT-SVC-1", "CONTRACT_END", "P20M")), after: before);

        await tracker.RecordAsync(Opened(tracker) with { MessageId = "closed", Type = "account.closed", Content = new() });
        await tracker.ReviewAsync(An.Ada);

        Assert.Equal(TestTracker.Noon.AddDays(32), await ContactEndAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task An_order_whose_end_is_told_under_a_longer_rule_ends_by_the_one_of_its_day()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Order("1", An.Ada));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(2), policy: APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P60M")), after: before);

        await tracker.RecordAsync(An.Order("1", An.Ada) with { MessageId = "delivered", Type = "order.delivered", OccurredAt = tracker.Time.GetUtcNow() });
        await tracker.ReviewAsync(An.Ada);

        var ends = (await tracker.RecordsAsync(An.Ada)).Where(record => record.Class == RetentionClass.Order).OrderBy(record => record.OccurredAt).Select(record => (record.ExpireAt, record.Grants[0].EndPolicy));
        Assert.Equal([(TestTracker.Noon.AddDays(2).AddMonths(26), ""), (TestTracker.Noon.AddDays(2).AddMonths(60), "")], ends);
    }

    [Theory]
    [InlineData("IT-SVC-1")]
    [InlineData("IT-SVC-9 in its place")]
    [InlineData("IT-SVC-9 more specific")]
    [Trait("Compliance", "E20")]
    public async Task Contact_details_first_given_under_a_shorter_rule_slide_no_further_by_a_longer_one_of_another_name(string longer)
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt("first", An.Ada), Opened(before) with { Content = new() { Contact = new() { Phone = "+393331234567" } } });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(2), policy: LongerBy(longer), after: before);

        await tracker.RecordAsync(Opened(tracker));
        await tracker.ReviewAsync(An.Ada);

        Assert.Equal(Day.AddDays(2).AddMonths(24), await ContactEndAsync(tracker));
    }

    private static Policy LongerBy(string longer) => APolicy.With(document =>
    {
        var rules = document["rules"]!.AsArray();
        var known = rules.Single(rule => (string?)rule!["id"] == "IT-SVC-1")!;
        if (longer.EndsWith("in its place", StringComparison.Ordinal))
        {
            known["id"] = "IT-SVC-9";
        }
        else if (longer.EndsWith("more specific", StringComparison.Ordinal))
        {
            var own = known.DeepClone();
            (own["id"], own["category"], own["basis"]) = ("IT-SVC-9", "CONTACT", "CONTRACT");
            rules.Add(own);
        }

        APolicy.Term(longer.Split(' ')[0], "LAST_INTERACTION", "P60M")(document);
    });

    private static InteractionDraft Opened(TestTracker tracker) => new()
    {
        MessageId = $"opened-{tracker.Time.GetUtcNow():O}",
        Type = "account.opened",
        Channel = Channel.Web,
        OccurredAt = tracker.Time.GetUtcNow(),
        Identifiers = [An.Ada],
        Content = new() { Contact = new() { GivenName = "Ada" } },
    };

    private static async Task<DateTimeOffset?> ContactEndAsync(TestTracker tracker)
    {
        var control = await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None);
        return (await tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None))!.ExpireAt;
    }
}
