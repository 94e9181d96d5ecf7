using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>A field that a later policy marks as special: what a purpose without a condition of Art. 9(2) still has of it.</summary>
public sealed class MarkedFieldTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_marked_field_is_hidden_at_once()
    {
        await using var marked = await TestTracker.StartAsync(after: await RecordedAsync(Search(), Purpose.Profiling), policy: Marked("online.page_title"));

        var online = Assert.Single((await marked.TimelineAsync(An.Ada, Purpose.Profiling)).Items).Content.Online!;

        Assert.Equal((null, "https://shop.example/"), (online.PageTitle, online.PageUrl));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_marked_field_is_rewritten_out_of_what_is_stored()
    {
        await using var marked = await TestTracker.StartAsync(after: await RecordedAsync(Search(), Purpose.Profiling), policy: Marked("online.page_title"));

        await marked.ReviewAsync(An.Ada);

        var record = (await marked.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Profiling);
        var online = (await marked.Opener.OpenAsync([record], Cancellation))[0]!.Content.Online!;
        Assert.Equal((null, "https://shop.example/"), (online.PageTitle, online.PageUrl));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_marked_field_of_the_contact_is_hidden_at_once()
    {
        await using var marked = await TestTracker.StartAsync(after: await RecordedAsync(Sizes(), Purpose.DirectMarketing), policy: Marked("preferences.sizes"));

        var profile = await marked.ProfileAsync(An.Ada, Purpose.DirectMarketing);

        Assert.Equal((null, "Ada"), (profile.Preferences?.Sizes, profile.Contact?.GivenName));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_marked_field_of_the_contact_is_rewritten_out_of_what_is_stored()
    {
        var marked = await TestTracker.StartAsync(after: await RecordedAsync(Sizes(), Purpose.DirectMarketing), policy: Marked("preferences.sizes"));
        await marked.ReviewAsync(An.Ada);
        await marked.CloseAsync();

        await using var unmarked = await TestTracker.StartAsync(after: marked);

        var profile = await unmarked.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        Assert.Equal((null, "Ada"), (profile.Preferences?.Sizes, profile.Contact?.GivenName));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task What_an_explicit_consent_let_into_the_contact_ends_with_it_where_an_ordinary_one_goes_on()
    {
        await using var tracker = await StartAsync(Marked("preferences.sizes"));
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        var explicitOne = await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, id: "explicit") with { IsExplicit = true }, Cancellation);
        await tracker.RecordAsync(Sizes());
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, id: "ordinary"), Cancellation);
        await tracker.RecordAsync(An.Newsletter("later", An.Ada, tracker.Time.GetUtcNow()));
        var before = (await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes;

        await tracker.Closing.CloseAsync(tracker.Caller, An.Invalidation(explicitOne.Entry!.Id), Cancellation);

        Assert.NotNull(before);
        Assert.Null((await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Preferences?.Sizes);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task An_inference_that_an_explicit_consent_carried_ends_with_it_where_an_ordinary_one_goes_on()
    {
        await using var tracker = await StartAsync();
        var explicitOne = await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: "explicit") with { IsExplicit = true }, Cancellation);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: "ordinary"), Cancellation);
        var kept = await tracker.RecordAsync(An.PageView(by: An.Ada, purposes: Purpose.Profiling) with
        {
            Type = "score.computed",
            Content = new() { Inferences = [new() { Name = "segment", Text = "diabetic", SpecialCategory = SpecialCategory.Health, ComputedAt = TestTracker.Noon }] },
        });

        await tracker.Closing.CloseAsync(tracker.Caller, An.Invalidation(explicitOne.Entry!.Id), Cancellation);

        Assert.Equal(Outcome.Accepted, kept.Outcome);
        Assert.Empty((await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    private static InteractionDraft Search() => An.PageView("search", An.Ada, purposes: Purpose.Profiling) with
    {
        Content = new() { Online = new() { PageUrl = "https://shop.example/", PageTitle = "Insulin" } },
    };

    private static InteractionDraft Sizes() => An.Newsletter() with
    {
        Purposes = [Purpose.DirectMarketing],
        Content = new() { Contact = new() { GivenName = "Ada" }, Preferences = new() { Sizes = [new("trousers", "adaptive")] } },
    };

    private static Core.Policies.Policy Marked(string field) => APolicy.With(APolicy.Special(field));

    private static async Task<TestTracker> StartAsync(Core.Policies.Policy? policy = null)
    {
        var tracker = await TestTracker.StartAsync(policy: policy);
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), Cancellation);
        return tracker;
    }

    /// <summary>Closed again; of a customer who gave an ordinary consent.</summary>
    private static async Task<TestTracker> RecordedAsync(InteractionDraft draft, Purpose consented)
    {
        var tracker = await StartAsync();
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(consented, An.Ada), Cancellation);
        Assert.Equal(Outcome.Accepted, (await tracker.RecordAsync(draft)).Outcome);
        await tracker.CloseAsync();
        return tracker;
    }
}
