using Tracker.Core.Model;
using Tracker.Core.Retention.Simulation;
using Tracker.Core.Tests.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class SimulationTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Receipt("1", An.Ada), An.Receipt("2", An.Bob));
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(7));
        await _tracker.RecordAsync(An.Receipt("3", An.Ada, TestTracker.Noon.AddMonths(7)));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_shorter_rule_is_told_what_it_would_delete_at_once_and_in_which_month()
    {
        var effect = Assert.Single((await SimulateAsync(Change("IT-ORD-1", "P6M"))).Effects);

        Assert.Equal(("IT-ORD-1", RetentionClass.Order), (effect.RuleId, effect.Class));
        Assert.Equal((3, 2, 0), (effect.Documents, effect.DeletedNow, effect.StrippedNow));
        Assert.Equal(new Dictionary<DateOnly, int> { [new(2027, 12, 1)] = 1 }, effect.EndingIn);
    }

    [Fact]
    public async Task A_simulation_changes_nothing()
    {
        var before = (await _tracker.RecordsAsync(An.Ada)).Select(record => (record.Key, record.Class, record.ExpireAt)).ToList();

        await SimulateAsync(Change("IT-ORD-1", "P6M"));

        Assert.Equal(before, (await _tracker.RecordsAsync(An.Ada)).Select(record => (record.Key, record.Class, record.ExpireAt)));
        Assert.Equal(2, (await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items.Count);
    }

    [Fact]
    public async Task A_rule_as_it_is_would_delete_nothing() => Assert.Empty((await SimulateAsync(Change("IT-ORD-1", "P26M"))).Effects);

    [Fact]
    [Trait("Compliance", "R-159")]
    public async Task A_longer_rule_than_the_base_has_is_refused_as_it_would_be_at_start()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => SimulateAsync(Change("IT-ORD-1", "P60M")));

        Assert.Contains("retention_justification_id", Assert.Single(refused.Violations).Description, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-159")]
    public async Task A_policy_of_a_tenant_is_bound_by_the_profile_that_it_is_laid_on_and_not_by_itself()
    {
        var own = Documents.Lay("""
            "rules": [{ "id": "IT-ORD-1", "ends": [{ "anchor": "CONTRACT_END", "period": "P12M", "kind": "MAX" }] }]
            """);
        await using var tracker = await TestTracker.StartAsync(policy: own);

        var longer = await tracker.Simulation.SimulateAsync(tracker.Caller, Change("IT-ORD-1", "P26M"), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.True(longer[^1].IsComplete);
        await Assert.ThrowsAsync<RefusalException>(async () => await tracker.Simulation.SimulateAsync(tracker.Caller, Change("IT-ORD-1", "P60M"), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Long_words_of_a_caller_are_refused_unheard()
    {
        var word = new string('x', 1_000);
        var refused = await Assert.ThrowsAsync<RefusalException>(() => SimulateAsync(Change(word, word) with { Changes = [new(word, [new(word, word, false)], word)] }));

        Assert.Equal(
            ["changes[0].rule_id", "changes[0].outer_cap", "changes[0].terminators[0].anchor", "changes[0].terminators[0].period"],
            refused.Violations.Select(violation => violation.Field));
        Assert.DoesNotContain(refused.Violations, violation => violation.Description.Contains("xxxx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_stops_at_its_bound_and_says_so()
    {
        var last = await SimulateAsync(Change("IT-ORD-1", "P6M") with { MaxProfiles = 1 });

        Assert.Equal((1, true, false), (last.Profiles, last.IsDone, last.IsComplete));
    }

    [Fact]
    public async Task What_would_be_refused_at_start_is_refused_here()
    {
        var unknown = await Assert.ThrowsAsync<RefusalException>(() => SimulateAsync(Change("IT-ORD-9", "P6M")));
        var malformed = await Assert.ThrowsAsync<RefusalException>(() => SimulateAsync(Change("IT-ORD-1", "six months")));

        Assert.Equal("changes[0].rule_id", Assert.Single(unknown.Violations).Field);
        Assert.Equal("changes", malformed.Violations[0].Field);
    }

    private static SimulationDraft Change(string rule, string period) => new()
    {
        Purpose = Purpose.RightsHandling,
        Changes = [new(rule, [new("CONTRACT_END", period, false)], "")],
    };

    private async Task<SimulationProgress> SimulateAsync(SimulationDraft draft) =>
        (await _tracker.Simulation.SimulateAsync(_tracker.Caller, draft, CancellationToken.None).ToListAsync())[^1];
}
