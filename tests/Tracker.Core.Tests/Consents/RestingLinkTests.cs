using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

/// <summary>E13 with E10: a consent that rests links no earlier visits. Under a policy that may profile minors, as a tenant may choose.</summary>
public sealed class RestingLinkTests
{
    private static readonly DateOnly Born = DateOnly.FromDateTime(TestTracker.Noon.UtcDateTime).AddYears(-16).AddDays(100);

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task Earlier_visits_are_not_read_on_a_linking_consent_that_rests()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(document => document["children"]!["may_profile_minors"] = true));
        var child = An.Notice() with { Scope = An.Notice().Scope with { IsChildLanguage = true, LinksEarlierVisits = true } };
        await tracker.Notices.RegisterAsync(tracker.Caller, child, CancellationToken.None);
        Task ConsentAsync(ConsentDraft draft) => tracker.Ledger.RecordAsync(tracker.Caller, draft, CancellationToken.None);
        async Task<int> ReadAsync() => (await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items.Count;
        DateTimeOffset Now() => tracker.Time.GetUtcNow();

        // The family's tablet: a parent agreed in the banner before anybody was named on it.
        await ConsentAsync(An.Consent(Purpose.Profiling, An.AdasCookie, Now(), "banner") with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" });
        Assert.Equal(Outcome.Accepted, (await tracker.RecordAsync(An.PageView("visit", An.AdasCookie, Now(), Purpose.Profiling))).Outcome);
        await tracker.RecordAsync(An.Receipt("login", at: Now()) with { Identifiers = [An.AdasCookie, An.Ada] });
        tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await ConsentAsync(An.Consent(Purpose.Profiling, An.Ada, Now(), "alone") with { Age = new(Born, "IT") });
        var italy = await ReadAsync();

        tracker.Time.Advance(TimeSpan.FromHours(1));
        await tracker.RecordAsync(An.Newsletter("moved", at: Now()) with { Type = "account.opened", Content = new() { Contact = new() { BirthDate = Born, PostalAddress = new() { Region = "DE" } } } });
        var denial = (await tracker.Permissions.CheckAsync(tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.Profiling }, CancellationToken.None)).Reason;

        Assert.Equal((1, Reason.GuardianRequired, 0), (italy, denial, await ReadAsync()));
    }
}
