using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Attack;

public sealed class SpecialAttackTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_field_that_a_later_policy_marks_as_special_is_hidden_at_once_from_a_purpose_without_a_condition()
    {
        var before = await StartAsync();
        await ConsentAsync(before, Purpose.Profiling);
        await before.RecordAsync(Search(before));
        Assert.NotNull(Assert.Single((await before.TimelineAsync(An.Ada, Purpose.Profiling)).Items).Content.Online?.PageTitle);
        await before.CloseAsync();

        await using var after = await TestTracker.StartAsync(after: before, policy: Marked("online.page_title"));

        Assert.All((await after.TimelineAsync(An.Ada, Purpose.Profiling)).Items, item => Assert.Null(item.Content.Online?.PageTitle));
    }

    [Fact]
    public async Task A_field_that_a_later_policy_marks_as_special_is_rewritten_out_of_what_is_stored()
    {
        var before = await StartAsync();
        await ConsentAsync(before, Purpose.Profiling);
        await before.RecordAsync(Search(before));
        Assert.NotNull(Assert.Single((await before.TimelineAsync(An.Ada, Purpose.Profiling)).Items).Content.Online?.PageTitle);
        await before.CloseAsync();

        await using var marked = await TestTracker.StartAsync(after: before, policy: Marked("online.page_title"));
        await marked.ReviewAsync(An.Ada);
        var record = (await marked.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Profiling);
        var opened = (await marked.Opener.OpenAsync([record], Cancellation))[0];

        Assert.Null(opened!.Content.Online?.PageTitle);
        Assert.NotNull(opened.Content.Online?.PageUrl);
    }

    [Fact]
    public async Task A_contact_field_that_a_later_policy_marks_as_special_is_hidden_at_once()
    {
        var before = await StartAsync();
        await before.RecordAsync(An.Receipt(by: An.Ada));
        await ConsentAsync(before, Purpose.DirectMarketing);
        await before.RecordAsync(Sizes("n1", Purpose.DirectMarketing));
        Assert.NotNull((await before.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes);
        await before.CloseAsync();

        await using var after = await TestTracker.StartAsync(after: before, policy: Marked("preferences.sizes"));

        Assert.Null((await after.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes);
    }

    [Fact]
    public async Task A_contact_field_that_a_later_policy_marks_as_special_is_rewritten_out_of_what_is_stored()
    {
        var before = await StartAsync();
        await before.RecordAsync(An.Receipt(by: An.Ada));
        await ConsentAsync(before, Purpose.DirectMarketing);
        await before.RecordAsync(Sizes("n1", Purpose.DirectMarketing));
        await before.CloseAsync();
        var marked = await TestTracker.StartAsync(after: before, policy: Marked("preferences.sizes"));
        await marked.ReviewAsync(An.Ada);
        await marked.CloseAsync();

        await using var after = await TestTracker.StartAsync(after: marked);

        Assert.Null((await after.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes);
        Assert.NotNull((await after.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.GivenName);
    }

    [Fact]
    public async Task What_an_explicit_consent_let_into_the_contact_ends_with_it_where_an_ordinary_one_goes_on()
    {
        await using var tracker = await StartAsync(Marked("preferences.sizes"));
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        var yes = await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, id: "explicit") with { IsExplicit = true }, Cancellation);
        await tracker.RecordAsync(Sizes("n1", Purpose.DirectMarketing));
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, id: "ordinary"), Cancellation);
        await tracker.RecordAsync(An.Newsletter("n2", An.Ada, tracker.Time.GetUtcNow()));
        Assert.NotNull((await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes);

        await tracker.Closing.CloseAsync(tracker.Caller, Closing(yes.Entry!.Id), Cancellation);

        Assert.Null((await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes);
    }

    [Fact]
    public async Task An_inference_that_an_explicit_consent_carried_ends_with_it_where_an_ordinary_one_goes_on()
    {
        await using var tracker = await StartAsync();
        var yes = await ConsentAsync(tracker, Purpose.Profiling, "explicit", isExplicit: true);
        await ConsentAsync(tracker, Purpose.Profiling, "ordinary");
        var outcome = await tracker.RecordAsync(An.PageView(by: An.Ada, purposes: Purpose.Profiling) with
        {
            Type = "score.computed",
            Content = new() { Inferences = [new() { Name = "segment", Text = "diabetic", SpecialCategory = SpecialCategory.Health, ComputedAt = TestTracker.Noon }] },
        });
        Assert.Equal(Outcome.Accepted, outcome.Outcome);

        await tracker.Closing.CloseAsync(tracker.Caller, Closing(yes.Entry!.Id), Cancellation);

        Assert.Empty((await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    [Fact]
    public async Task A_retry_brings_no_line_back_that_became_special()
    {
        await using var tracker = await StartAsync();
        await ConsentAsync(tracker, Purpose.Profiling);
        var basket = Basket(tracker, new CommerceLine { ProductId = "shirt", Quantity = 1 }, new CommerceLine { ProductId = "tea", Quantity = 1 });
        await tracker.RecordAsync(basket);
        await tracker.Products.UpsertAsync(tracker.Caller, [An.ProductEntry("tea") with { SpecialCategory = SpecialCategory.Health }], Cancellation);
        await FollowAsync(tracker);

        var again = await tracker.RecordAsync(basket);

        Assert.Equal(Outcome.Duplicate, again.Outcome);
        Assert.Equal(["shirt"], (await LinesAsync(tracker, Purpose.Profiling)).Select(line => line.ProductId));
    }

    [Fact]
    public async Task An_explanation_tells_no_purpose_of_a_record_that_its_timeline_does_not_show()
    {
        await using var tracker = await StartAsync();
        await ConsentAsync(tracker, Purpose.Profiling);
        var outcome = await tracker.RecordAsync(Basket(tracker, new CommerceLine { ProductId = "tea", Quantity = 1 }) with
        {
            Content = new() { Commerce = new() { Lines = [new() { ProductId = "tea", Quantity = 1 }] } },
        });
        await tracker.Products.UpsertAsync(tracker.Caller, [An.ProductEntry("tea") with { SpecialCategory = SpecialCategory.Health }], Cancellation);
        Assert.Empty((await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);

        await Assert.ThrowsAsync<RefusalException>(() => tracker.Explainer.ExplainAsync(tracker.Caller, outcome.Key!.Value, Purpose.Profiling, Cancellation));
    }

    private static InteractionDraft Search(TestTracker tracker) => An.PageView("search", An.Ada, tracker.Time.GetUtcNow(), Purpose.Profiling) with
    {
        Content = new() { Online = new() { PageUrl = "https://shop.example/", PageTitle = "Insulin" } },
    };

    private static InteractionDraft Sizes(string id, params Purpose[] purposes) => An.Newsletter(id) with
    {
        Purposes = purposes,
        Content = new() { Contact = new() { GivenName = "Ada" }, Preferences = new() { Sizes = [new("trousers", "adaptive")] } },
    };

    private static ClosingDraft Closing(ConsentId id) => new() { RequestId = "void", Profile = new(null, An.Ada), Consent = id, State = ConsentState.Invalidated, Reason = EndReason.EvidenceVoid, AuthorityReference = "T-1" };

    private static InteractionDraft Basket(TestTracker tracker, params CommerceLine[] lines) => An.Receipt("basket", An.Ada, tracker.Time.GetUtcNow()) with
    {
        Purposes = [Purpose.AccountingTax, Purpose.Profiling],
        Content = new() { Commerce = new() { Lines = lines } },
    };

    private static Policy Marked(string path) =>
        APolicy.With(document => document["fields"]!.AsArray().Single(field => (string?)field!["field"] == path)!["special_category"] = true);

    private static async Task<TestTracker> StartAsync(Policy? policy = null)
    {
        var tracker = await TestTracker.StartAsync(policy: policy);
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), Cancellation);
        return tracker;
    }

    private static Task<ConsentAppended> ConsentAsync(TestTracker tracker, Purpose purpose, string id = "yes", bool isExplicit = false) =>
        tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(purpose, An.Ada, id: id) with { IsExplicit = isExplicit }, Cancellation);

    private static async Task<IReadOnlyList<CommerceLine>> LinesAsync(TestTracker tracker, Purpose purpose) =>
        [.. (await tracker.TimelineAsync(An.Ada, purpose)).Items.SelectMany(item => item.Content.Commerce?.Lines ?? [])];

    private static async Task FollowAsync(TestTracker tracker)
    {
        await tracker.Rollout.AdvanceAsync(Cancellation);
        tracker.Time.Advance(TimeSpan.FromMinutes(3));
        await tracker.Rollout.AdvanceAsync(Cancellation);
        await tracker.Rollout.AdvanceAsync(Cancellation);
        await tracker.Reviews.ReviewAsync(Cancellation);
    }
}
