using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>C5, E13, R-036: ages are versioned values of the policy; a country that raises its age makes nothing unlawful that was lawful.</summary>
public sealed class LawOfAgesTests
{
    private static readonly DateOnly Born = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime).AddYears(-16).AddDays(200);

    private static readonly Policy Raised = APolicy.With(document => document["children"]!["age_of_consent"]!["IT"] = 16);

    [Theory]
    [InlineData("IT")]
    [InlineData("")]
    [Trait("Compliance", "E13")]
    [Trait("Compliance", "R-036")]
    public async Task What_a_child_gave_alone_and_was_collected_is_kept_where_its_country_raises_the_age_later(string country)
    {
        var (kept, ledger, _) = await RaiseAsync(country);

        Assert.DoesNotContain(ledger, entry => entry.State == ConsentState.Invalidated);
        Assert.Contains(kept, record => record.Type == "page.viewed");
    }

    [Theory]
    [InlineData("IT")]
    [InlineData("")]
    [Trait("Compliance", "R-036")]
    public async Task A_consent_that_was_valid_when_it_was_given_was_valid_then_after_a_law_that_raises_the_age(string country)
    {
        var (_, _, wasValid) = await RaiseAsync(country);

        Assert.True(wasValid);
    }

    private static async Task<(IReadOnlyList<InteractionRecord> Kept, IReadOnlyList<ConsentEntry> Ledger, bool WasValid)> RaiseAsync(string country)
    {
        var first = await TestTracker.StartAsync();
        await first.RecordAsync(An.Receipt(by: An.Ada));
        await first.Notices.RegisterAsync(first.Caller, An.Notice("child") with { Id = "child", Scope = An.Notice().Scope with { IsChildLanguage = true } }, CancellationToken.None);
        await first.Ledger.RecordAsync(first.Caller, An.Consent(Purpose.Analytics, An.Ada, id: "alone") with { Age = new(Born, country), NoticeId = "child", NoticeVersion = "child" }, CancellationToken.None);
        await first.RecordAsync(An.PageView("view", An.Ada, TestTracker.Noon, Purpose.Analytics));
        Assert.Single((await first.TimelineAsync(An.Ada, Purpose.Analytics)).Items);
        first.Time.Advance(TimeSpan.FromDays(30));
        Assert.True((await first.Consents.GetStandingAsync(first.Caller, new(new(null, An.Ada), Purpose.RightsHandling, Purpose.Analytics, ContactChannel.Unspecified, "", TestTracker.Noon.AddDays(1)), CancellationToken.None)).IsValid);
        await first.CloseAsync();

        await using var second = await TestTracker.StartAsync(policy: Raised, after: first);
        await second.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await second.Reviews.ReviewAsync(fence: null, CancellationToken.None);
        await second.ReviewAsync(An.Ada);
        var ledger = (await second.Consents.ListAsync(second.Caller, new(null, An.Ada), Purpose.ConsentEvidence, 500, "", CancellationToken.None)).Entries;
        var standing = await second.Consents.GetStandingAsync(second.Caller, new(new(null, An.Ada), Purpose.RightsHandling, Purpose.Analytics, ContactChannel.Unspecified, "", TestTracker.Noon.AddDays(1)), CancellationToken.None);
        return (await second.RecordsAsync(An.Ada), ledger, standing.IsValid);
    }

    [Theory]
    [InlineData("IT")]
    [InlineData("")]
    [Trait("Compliance", "R-044")]
    [Trait("Compliance", "E12")]
    public async Task What_a_guardian_gave_stays_valid_where_the_country_lowers_the_age_later(string country)
    {
        var first = await TestTracker.StartAsync(policy: Raised);
        await first.RecordAsync(An.Receipt(by: An.Ada));
        await first.Notices.RegisterAsync(first.Caller, An.Notice(), CancellationToken.None);
        await first.Ledger.RecordAsync(
            first.Caller,
            An.Consent(Purpose.Analytics, An.Ada, id: "guardian") with { Age = new(Born, country), Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" },
            CancellationToken.None);
        await first.RecordAsync(An.PageView("view", An.Ada, TestTracker.Noon, Purpose.Analytics));
        first.Time.Advance(TimeSpan.FromDays(30));
        await first.CloseAsync();
        await using var second = await TestTracker.StartAsync(after: first);

        Assert.True((await second.Permissions.CheckAsync(second.Caller, new(null, An.Ada), new() { Purpose = Purpose.Analytics }, CancellationToken.None)).IsPermitted);
    }
}
