using System.Text.Json.Nodes;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class RuleChangeTests
{
    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_shorter_rule_hides_at_once_and_the_rollout_deletes()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt(by: An.Ada));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(7), policy: APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P6M")), after: before);

        Assert.Empty((await tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Equal(2, (await tracker.RecordsAsync(An.Ada)).Count);
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);

        Assert.Equal(RetentionClass.Fiscal, Assert.Single(await tracker.RecordsAsync(An.Ada)).Class);
        Assert.NotNull((await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None))!.FinishedAt);
    }

    [Fact]
    [Trait("Compliance", "R-009")]
    public async Task A_field_that_a_purpose_needs_no_more_goes_from_the_contact_with_the_rollout()
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await before.RecordAsync(An.Newsletter() with { Content = new() { Contact = new() { GivenName = "Ada" }, Preferences = new() { Education = "PhD" } } });
        await before.CloseAsync();
        var narrower = APolicy.With(document => document["purposes"]!.AsArray().Single(purpose => (string?)purpose!["purpose"] == "DIRECT_MARKETING")!["needs"] = new JsonArray("contact.*"));
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(1), policy: narrower, after: before);

        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);

        var control = await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None);
        var contact = await tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None);
        Assert.Equal(["contact.given_name"], (await tracker.Opener.OpenAsync(contact!, CancellationToken.None))!.SeenAt.Keys);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_condition_that_covers_less_hides_at_once_and_the_rollout_deletes()
    {
        var before = await TestTracker.StartAsync();
        await before.Products.UpsertAsync(before.Caller, [An.ProductEntry("shirt") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
        await before.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment] });
        await before.CloseAsync();
        var narrower = APolicy.With(document => document["special_categories"]!.AsArray().Single(condition => (string?)condition!["purpose"] == "ORDER_FULFILMENT")!["categories"] = new JsonArray("GENETIC"));
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(1), policy: narrower, after: before);

        var atOnce = Assert.Single((await tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items).Content;
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        await tracker.Products.UpsertAsync(tracker.Caller, [An.ProductEntry("shirt")], CancellationToken.None);

        Assert.Null(atOnce.Commerce!.Lines);
        Assert.Null(Assert.Single((await tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items).Content.Commerce!.Lines);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    [Trait("Compliance", "E15")]
    [Trait("Compliance", "R-045")]
    public async Task Where_minors_are_profiled_no_longer_what_a_source_for_children_collected_of_unknown_age_goes(bool isChildDirected, int left)
    {
        var before = await TestTracker.StartAsync(policy: APolicy.With(document => document["children"]!["may_profile_minors"] = true));
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.Profiling, An.Ada) with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" }, CancellationToken.None);
        await before.Recorder.RecordAsync(before.Caller with { IsChildDirected = isChildDirected }, [An.PageView(by: An.Ada, purposes: Purpose.Profiling)], CancellationToken.None);
        var kept = (await before.TimelineAsync(An.Ada, Purpose.Profiling)).Items.Count;
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);

        var shown = (await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items.Count;
        await tracker.ReviewAsync(An.Ada);

        Assert.Equal((1, left), (kept, shown));
        Assert.Equal(left, (await tracker.RecordsAsync(An.Ada)).Count);
    }

    [Fact]
    [Trait("Compliance", "E19")]
    [Trait("Compliance", "R-040")]
    public async Task A_shorter_rule_for_evidence_ends_proof_earlier_but_not_a_no_that_stands()
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await before.Ledger.WithdrawAsync(before.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-EVI-1", "CONSENT_END", "P3Y")), after: before);

        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);

        var profile = (await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None)).Profile;
        var ends = (await tracker.ReadLedgerAsync(tracker.Caller.Tenant, profile, CancellationToken.None)).Select(entry => (entry.State, entry.ExpireAt));
        Assert.Equal([(ConsentState.Given, TestTracker.Noon.AddYears(3)), (ConsentState.Withdrawn, TestTracker.Noon.AddYears(10))], ends);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_longer_rule_for_evidence_keeps_no_proof_longer_because_another_decision_is_recorded()
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        var given = (await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None)).Entry!;
        await before.Ledger.WithdrawAsync(before.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Rule("IT-EVI-1", "CONSENT_END", "P10Y")), after: before);

        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Analytics, An.Ada, id: "other"), CancellationToken.None);

        var ledger = await tracker.ReadLedgerAsync(tracker.Caller.Tenant, given.Profile, CancellationToken.None);
        Assert.Equal(TestTracker.Noon.AddYears(5), ledger.Single(entry => entry.Id == given.Id).ExpireAt);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_longer_rule_does_not_keep_what_was_promised_to_go_earlier()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt(by: An.Ada));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(1), policy: APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P60M")), after: before);
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        await tracker.RecordAsync(An.Receipt("new", An.Ada, TestTracker.Noon.AddDays(1)));

        var ends = (await tracker.RecordsAsync(An.Ada)).Where(record => record.Class == RetentionClass.Order).Select(record => record.ExpireAt).Order();

        Assert.Equal([TestTracker.Noon.AddMonths(26), TestTracker.Noon.AddDays(1).AddMonths(60)], ends);
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_rollout_goes_on_at_its_cursor_after_a_restart()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt("1", An.Ada), An.Receipt("2", An.Bob));
        await before.CloseAsync();
        var retention = new Core.Retention.RetentionOptions { RolloutChunk = 1 };
        var interrupted = await TestTracker.StartAsync(retention: retention, after: before);
        await interrupted.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        var halfway = await interrupted.Store.Rollouts.FindAsync(interrupted.Caller.Tenant, CancellationToken.None);
        await interrupted.CloseAsync();

        await using var tracker = await TestTracker.StartAsync(retention: retention, after: interrupted);
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        var after = await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None);

        Assert.NotNull(halfway!.After);
        Assert.True(after!.After!.Value.Value.CompareTo(halfway.After.Value.Value) != 0);
        Assert.Equal(2, (await tracker.Store.Errands.ReadDueAsync(TestTracker.Noon, 10, CancellationToken.None)).Count(errand => errand.Tenant == tracker.Caller.Tenant));
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task In_the_second_half_of_its_time_a_rollout_waits_for_nothing()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt("1", An.Ada), An.Receipt("2", An.Bob));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(retention: new() { RolloutChunk = 1 }, after: before);
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);

        tracker.Time.Advance(TimeSpan.FromHours(37));
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);

        Assert.NotNull((await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None))!.FinishedAt);
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task A_shorter_rule_of_one_category_hides_its_fields_at_once()
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await before.RecordAsync(An.PageView(by: An.Ada, purposes: Purpose.Profiling) with
        {
            Content = new() { Online = new() { PageUrl = "https://shop.example/" }, Inferences = [new() { Name = "churn", Number = 0.8, ComputedAt = TestTracker.Noon }] },
        });
        await before.CloseAsync();

        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(7), policy: APolicy.With(APolicy.Rule("IT-PRO-2", "EVENT_TIME", "P6M")), after: before);
        var seen = Assert.Single((await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items).Content;

        Assert.NotNull(seen.Online);
        Assert.Null(seen.Inferences);
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task However_late_a_rollout_is_its_errands_do_not_pile_up_before_a_withdrawal()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt("1", An.Ada), An.Receipt("2", An.Bob), An.Receipt("3", new(IdentifierKind.Email, "eve@example.com")));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(retention: new() { RolloutChunk = 1, ReviewChunk = 1 }, after: before);
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        tracker.Time.Advance(TimeSpan.FromHours(37));

        Assert.True(await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None));
        Assert.Single(await tracker.Store.Errands.ReadDueAsync(tracker.Time.GetUtcNow(), 10, CancellationToken.None));
        await tracker.Reviews.PassAsync(CancellationToken.None);

        Assert.Empty(await tracker.Store.Errands.ReadDueAsync(tracker.Time.GetUtcNow(), 10, CancellationToken.None));
        Assert.NotNull((await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None))!.FinishedAt);
    }

    [Fact]
    [Trait("Compliance", "E19")]
    public async Task Where_several_rules_took_the_place_of_one_the_shortest_counts()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt(by: An.Ada));
        await before.CloseAsync();
        var split = APolicy.With(document =>
        {
            var rules = document["rules"]!.AsArray();
            var rule = rules.Single(candidate => (string?)candidate!["id"] == "IT-ORD-1")!;
            var shorter = rule.DeepClone();
            (rule["id"], shorter["id"], shorter["category"]) = ("IT-ORD-7", "IT-ORD-8", "CONTACT");
            shorter["ends"]![0]!["period"] = "P6M";
            rules.Add(shorter);
        });

        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(7), policy: split, after: before);
        await tracker.ReviewAsync(An.Ada);

        Assert.Equal(RetentionClass.Fiscal, Assert.Single(await tracker.RecordsAsync(An.Ada)).Class);
    }

    [Fact]
    public async Task An_assessment_that_has_run_out_hides_what_rests_on_it()
    {
        var before = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS")));
        await before.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.LegalClaims] });
        var visible = (await before.TimelineAsync(An.Ada, Purpose.LegalClaims)).Items.Count;
        await before.CloseAsync();

        await using var tracker = await TestTracker.StartAsync(after: before);

        Assert.Equal(1, visible);
        Assert.Empty((await tracker.TimelineAsync(An.Ada, Purpose.LegalClaims)).Items);
    }
}
