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
    [Trait("Compliance", "E19")]
    public async Task A_shorter_rule_for_evidence_is_told_what_proof_it_would_delete()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow()), CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromMinutes(5));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow()), CancellationToken.None);

        var soon = Assert.Single((await SimulateAsync(Ask(new RuleChange("IT-EVI-1", [new("CONSENT_END", "P12M", false)], "")))).Effects);
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(20));
        var late = Assert.Single((await SimulateAsync(Ask(new RuleChange("IT-EVI-1", [new("CONSENT_END", "P12M", false)], "")))).Effects);

        // The withdrawal itself stands, and is kept on its lease.
        Assert.Equal(("IT-EVI-1", RetentionClass.Evidence, 1, 0), (soon.RuleId, soon.Class, soon.Documents, soon.DeletedNow));
        Assert.Equal(new Dictionary<DateOnly, int> { [new(2028, 6, 1)] = 1 }, soon.EndingIn);
        Assert.Equal((1, 1), (late.Documents, late.DeletedNow));
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
    public async Task A_change_that_changes_nothing_is_refused()
    {
        RuleChange[] changes = [new("IT-ORD-1", [new("CONTRACT_END", "P2Y2M", false)], ""), new("IT-QUO-1", [], "P11Y"), new("IT-PRO-1", [], "P6M")];
        var same = await RefusedAsync(Ask(changes));
        var empty = await RefusedAsync(Ask(new RuleChange("IT-ORD-1", [], "")));

        Assert.Equal(["changes[0]", "changes[1]"], same.Select(violation => violation.Field));
        Assert.Equal(["changes[0]"], empty.Select(violation => violation.Field));
        Assert.All(same.Concat(empty), violation => Assert.Contains("changes nothing", violation.Description, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_is_changed_once()
    {
        var refused = await RefusedAsync(Ask(new("IT-ORD-1", [], "P3Y"), new("IT-QUO-1", [], "P3Y"), new("IT-ORD-1", [], "P2Y")));

        Assert.Equal("changes[2].rule_id", Assert.Single(refused).Field);
    }

    [Theory]
    [InlineData(Purpose.Profiling, "changes[0].rule_id")]
    [InlineData(Purpose.OrderFulfilment, "changes[1].rule_id")]
    public async Task A_question_is_about_rules_of_the_purpose_that_it_is_for(Purpose purpose, string field)
    {
        var refused = await RefusedAsync(Ask(new("IT-ORD-1", [], "P3Y"), new("IT-PRO-1", [], "P6M")) with { Purpose = purpose });

        Assert.Equal(field, Assert.Single(refused).Field);
        Assert.Contains("RIGHTS_HANDLING", refused[0].Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Purpose.RightsHandling)]
    [InlineData(Purpose.FraudSecurity)]
    public async Task Whoever_answers_for_all_of_them_asks_of_any_rule_and_the_rule_of_an_interest_is_of_any_purpose(Purpose purpose) =>
        Assert.True((await SimulateAsync(Ask(new RuleChange("IT-LI-1", [], "P3Y")) with { Purpose = purpose })).IsComplete);

    public static TheoryData<RuleChange, string, string> Faults => new()
    {
        { new("IT-ORD-9", [], "P3Y"), "changes[1].rule_id", "names no rule" },
        { new("IT-ORD-1", [], "long"), "changes[1].outer_cap", "'long' is no ISO 8601 period" },
        { new("IT-ORD-1", [], "P12Y"), "changes[1].outer_cap", "not longer than" },
        { new("IT-ORD-1", [new("CONTRACT_END", "P1Y", false), new("CONTRACT_END", "1 year", false)], ""), "changes[1].terminators[1].period", "'1 year' is no" },
        { new("IT-ORD-1", [new("THE_END", "P1Y", false)], ""), "changes[1].terminators[0].anchor", "'THE_END' is none of EVENT_TIME," },
        { new("IT-ORD-1", [new("CONTRACT_END", "P1Y", true)], ""), "changes[1].terminators", "a MIN alone is none" },
        { new("IT-TAX-1", [new("FISCAL_ENTRY", "P9Y", true), new("FISCAL_ENTRY", "P9Y", false)], ""), "changes[1].terminators", "statutory floor" },
        { new("IT-MKT-2", [new("CONSENT_END", "PT0S", false), new("EVENT_TIME", "P25M", false)], ""), "changes[1].terminators", "DIRECT_MARKETING beyond P24M" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_would_be_refused_at_start_is_refused_here_by_the_field_of_the_change(RuleChange change, string field, string what)
    {
        var refused = await RefusedAsync(Ask(new("IT-QUO-1", [], "P3Y"), change));

        Assert.Equal(field, Assert.Single(refused).Field);
        Assert.Contains(what, refused[0].Description, StringComparison.Ordinal);
    }

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

    private static SimulationDraft Change(string rule, string period) => Ask(new RuleChange(rule, [new("CONTRACT_END", period, false)], ""));

    private static SimulationDraft Ask(params RuleChange[] changes) => new() { Purpose = Purpose.RightsHandling, Changes = changes };

    private async Task<IReadOnlyList<Violation>> RefusedAsync(SimulationDraft draft) =>
        (await Assert.ThrowsAsync<RefusalException>(() => SimulateAsync(draft))).Violations;

    private async Task<SimulationProgress> SimulateAsync(SimulationDraft draft) =>
        (await _tracker.Simulation.SimulateAsync(_tracker.Caller, draft, CancellationToken.None).ToListAsync())[^1];
}
