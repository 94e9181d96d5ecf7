using System.Text.Json.Nodes;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>How long data is kept is what was said when the consent was given, however long a rule is later (E20).</summary>
public sealed class StatedTermTests
{
    // The last act of a person is known by its day.
    private static readonly DateTimeOffset Day = new(TestTracker.Noon.Date, TimeSpan.Zero);

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_longer_rule_does_not_keep_what_is_collected_on_a_consent_from_before_it()
    {
        var before = await ConsentedAsync(Purpose.Profiling);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(1), policy: APolicy.With(APolicy.Term("IT-PRO-1", "EVENT_TIME", "P18M")), after: before);

        await tracker.RecordAsync(Visit(tracker));

        Assert.Equal(TestTracker.Noon.AddDays(1).AddMonths(12), await EndAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_consent_renewed_under_a_notice_registered_since_keeps_what_is_collected_from_then_on_longer()
    {
        var before = await ConsentedAsync(Purpose.Profiling);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(1), policy: APolicy.With(APolicy.Term("IT-PRO-1", "EVENT_TIME", "P18M")), after: before);
        await tracker.RecordAsync(Visit(tracker, "before"));
        tracker.Time.Advance(TimeSpan.FromHours(1));
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice() with { Version = "2", EffectiveAt = tracker.Time.GetUtcNow() }, CancellationToken.None);
        await tracker.Ledger.RecordAsync(
            tracker.Caller,
            An.Consent(Purpose.Profiling, An.Ada, tracker.Time.GetUtcNow(), "renewed") with { NoticeVersion = "2", NoticeShownAt = tracker.Time.GetUtcNow() },
            CancellationToken.None);
        tracker.Time.Advance(TimeSpan.FromHours(1));

        await tracker.RecordAsync(Visit(tracker, "after"));
        await tracker.ReviewAsync(An.Ada);

        var ends = (await tracker.RecordsAsync(An.Ada)).Select(record => record.ExpireAt).Order();
        Assert.Equal([TestTracker.Noon.AddDays(1).AddMonths(12), InRome(TestTracker.Noon.AddDays(1).AddHours(2), "P18M")], ends);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [Trait("Compliance", "E20")]
    public async Task A_consent_under_a_notice_from_before_a_longer_rule_keeps_nothing_longer_whenever_it_is_recorded(int days)
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(1), policy: APolicy.With(APolicy.Term("IT-PRO-1", "EVENT_TIME", "P18M")), after: before);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddDays(days)), CancellationToken.None);

        await tracker.RecordAsync(Visit(tracker));

        Assert.Equal(TestTracker.Noon.AddDays(1).AddMonths(12), await EndAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_notice_from_before_it_kept_what_the_rules_kept_says_what_they_keep_when_a_consent_is_given()
    {
        await using var tracker = await TestTracker.StartAsync();
        var notice = await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice("other"), CancellationToken.None);
        await tracker.Store.Notices.AddAsync(notice with { Version = "1", RuleTerms = [], SoftOptInRuleTerm = null }, CancellationToken.None);

        var given = await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);

        Assert.Equal(CalendarPeriod.OfMonths(12), given.Entry!.RetentionTerm);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_soft_opt_in_noted_under_a_notice_from_before_a_longer_rule_keeps_nothing_longer()
    {
        var before = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Term("IT-SOI-1", "LAST_PURCHASE", "P12M")));
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.RecordAsync(An.Receipt(by: An.Ada));
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(after: before);
        await tracker.Contacts.NoteSoftOptInAsync(tracker.Caller, An.SoftOptIn(An.Ada), CancellationToken.None);

        await tracker.RecordAsync(An.Newsletter() with { Content = new() { Contact = new() { GivenName = "Ada" } } });

        Assert.Equal(Day.AddMonths(12), (await ContactAsync(tracker)).Grants.Single(grant => grant.Purpose == Purpose.DirectMarketing).Until);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    [Trait("Compliance", "R-065")]
    public async Task What_is_collected_under_a_notice_is_kept_no_longer_than_it_states()
    {
        await using var tracker = await ConsentedAsync(Purpose.Profiling, "P6M");

        await tracker.RecordAsync(Visit(tracker));
        await tracker.ReviewAsync(An.Ada);
        var end = await EndAsync(tracker);
        var kept = (await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items.Count;
        tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(6));

        Assert.Equal((InRome(TestTracker.Noon, "P6M"), 1), (end, kept));
        Assert.Empty((await tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task A_notice_that_states_more_than_the_rule_keeps_nothing_longer()
    {
        await using var tracker = await ConsentedAsync(Purpose.Profiling, "P60M");

        await tracker.RecordAsync(Visit(tracker));

        Assert.Equal(TestTracker.Noon.AddMonths(12), await EndAsync(tracker));
    }

    [Fact]
    [Trait("Compliance", "R-065")]
    public async Task Contact_details_are_kept_as_stated_from_the_last_act_of_the_person()
    {
        await using var tracker = await ConsentedAsync(Purpose.DirectMarketing, "P12M");
        await tracker.RecordAsync(An.Newsletter() with { Content = new() { Contact = new() { GivenName = "Ada" } } });
        var first = await ContactEndAsync(tracker);
        tracker.Time.Advance(TimeSpan.FromDays(30));

        await tracker.RecordAsync(An.Newsletter("2") with { OccurredAt = tracker.Time.GetUtcNow() });
        await tracker.ReviewAsync(An.Ada);

        Assert.Equal((Day.AddMonths(12), Day.AddDays(30).AddMonths(12)), (first, await ContactEndAsync(tracker)));
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task What_was_stated_on_a_consent_ends_with_what_was_said_then_though_a_later_one_says_more()
    {
        await using var tracker = await ConsentedAsync(Purpose.DirectMarketing, "P6M");
        await tracker.RecordAsync(An.Newsletter() with { Content = new() { Contact = new() { GivenName = "Ada" } } });
        await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(1));
        await tracker.Notices.RegisterAsync(tracker.Caller, Stating("P24M", Purpose.DirectMarketing) with { Version = "2", EffectiveAt = tracker.Time.GetUtcNow().AddDays(-1) }, CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, tracker.Time.GetUtcNow(), "renewed") with { NoticeVersion = "2" }, CancellationToken.None);
        await tracker.RecordAsync(An.Newsletter("2", at: tracker.Time.GetUtcNow()) with { Content = new() { Contact = new() { Language = "it" } } });

        await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(7).AddDays(1));
        var seen = await tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        var control = await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None);
        var kept = await tracker.Opener.OpenAsync((await tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None))!, CancellationToken.None);

        Assert.Equal((null, "it"), (seen.Contact!.GivenName, seen.Contact.Language));
        Assert.Equal(["contact.language"], kept!.SeenAt.Keys);
    }

    [Fact]
    [Trait("Compliance", "E20")]
    public async Task What_was_said_with_a_consent_that_is_void_counts_no_more()
    {
        await using var tracker = await ConsentedAsync(Purpose.Profiling, "P12M");
        await tracker.Notices.RegisterAsync(tracker.Caller, Stating("P3M", Purpose.Profiling) with { Id = "short" }, CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: "short") with { NoticeId = "short" }, CancellationToken.None);
        await tracker.RecordAsync(Visit(tracker));
        var before = await EndAsync(tracker);
        var ledger = await tracker.ReadLedgerAsync(tracker.Caller.Tenant, (await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None)).Profile, CancellationToken.None);

        await tracker.Closing.CloseAsync(
            tracker.Caller,
            new() { Profile = new(null, An.Ada), Consent = ledger[0].Id, State = ConsentState.Invalidated, Reason = EndReason.EvidenceVoid, RequestId = "void", AuthorityReference = "ticket-7" },
            CancellationToken.None);
        await tracker.ReviewAsync(An.Ada);

        Assert.Equal((TestTracker.Noon.AddMonths(12), TestTracker.Noon.AddMonths(3)), (before, await EndAsync(tracker)));
    }

    [Fact]
    [Trait("Compliance", "R-065")]
    public async Task What_a_soft_opt_in_carries_is_kept_as_its_notice_states()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, Stating("P3M", Purpose.DirectMarketing), CancellationToken.None);
        await tracker.RecordAsync(An.Receipt(by: An.Ada));
        await tracker.Contacts.NoteSoftOptInAsync(tracker.Caller, An.SoftOptIn(An.Ada), CancellationToken.None);

        await tracker.RecordAsync(An.Newsletter() with { Content = new() { Contact = new() { GivenName = "Ada" } } });

        var grant = Assert.Single((await ContactAsync(tracker)).Grants, grant => grant.Purpose == Purpose.DirectMarketing);
        Assert.Equal((EPrivacyGround.SoftOptIn1304, Day.AddMonths(3)), (grant.Ground, grant.Until));
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task The_receipt_of_a_consent_tells_what_was_stated()
    {
        await using var tracker = await ConsentedAsync(Purpose.Profiling, "P6M");
        var consent = Assert.Single((await tracker.Consents.ListAsync(tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, 10, "", CancellationToken.None)).Entries);

        var receipt = JsonNode.Parse((await tracker.Consents.GetProofAsync(tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, consent.Id, CancellationToken.None)).Json)!;

        Assert.Equal("at most P6M, as stated when it was given", (string?)receipt["purposes"]![0]!["retention_period"]![0]);
    }

    [Fact]
    [Trait("Compliance", "R-065")]
    public async Task The_log_of_what_was_shared_is_kept_as_long_as_its_rule_says()
    {
        await using var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, Stating("P6M", Purpose.DirectMarketing), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, channels: ContactChannel.SocialAudience), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.ThirdPartySharing, An.Ada), CancellationToken.None);

        await tracker.RecordAsync(An.Newsletter() with
        {
            Type = "offer.sent",
            ContactChannel = ContactChannel.SocialAudience,
            Purposes = [Purpose.DirectMarketing, Purpose.ThirdPartySharing],
            Recipient = "partner",
        });

        var grants = (await tracker.RecordsAsync(An.Ada)).SelectMany(record => record.Grants).ToLookup(grant => grant.Purpose, grant => grant.Until);
        Assert.Equal(InRome(TestTracker.Noon, "P6M"), Assert.Single(grants[Purpose.DirectMarketing]));
        Assert.Equal(TestTracker.Noon.AddYears(5), Assert.Single(grants[Purpose.ThirdPartySharing].Distinct()));
    }

    private static async Task<TestTracker> ConsentedAsync(Purpose purpose, string? term = null)
    {
        var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, term is null ? An.Notice() : Stating(term, purpose), CancellationToken.None);
        await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(purpose, An.Ada), CancellationToken.None);
        return tracker;
    }

    private static NoticeDraft Stating(string term, params Purpose[] purposes) =>
        An.Notice() with { Scope = An.Notice().Scope with { RetentionTerms = [.. purposes.Select(purpose => new NoticeTerm(purpose, CalendarPeriod.Parse(term)))] } };

    private static DateTimeOffset InRome(DateTimeOffset from, string period) => APolicy.Shipped.Add(from, CalendarPeriod.Parse(period));

    private static InteractionDraft Visit(TestTracker tracker, string id = "visit") =>
        An.PageView(id, by: An.Ada, purposes: Purpose.Profiling) with { OccurredAt = tracker.Time.GetUtcNow(), Content = new() { Online = new() { PageUrl = "https://shop.example/" } } };

    private static async Task<DateTimeOffset?> EndAsync(TestTracker tracker) => Assert.Single(await tracker.RecordsAsync(An.Ada)).ExpireAt;

    private static async Task<DateTimeOffset?> ContactEndAsync(TestTracker tracker) => (await ContactAsync(tracker)).ExpireAt;

    private static async Task<ContactDocument> ContactAsync(TestTracker tracker)
    {
        var control = await tracker.Lookup.GetAsync(tracker.Caller, new(null, An.Ada), CancellationToken.None);
        return (await tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None))!;
    }
}
