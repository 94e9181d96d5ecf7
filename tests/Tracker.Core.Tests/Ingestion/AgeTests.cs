using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class AgeTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task From_the_day_that_a_minor_s_birth_date_is_kept_nothing_is_profiled()
    {
        var before = await ViewAsync("before");
        await StateAsync("account", new(2012, 1, 1));

        var after = await ViewAsync("after");

        Assert.Equal(Outcome.Accepted, before.Outcome);
        Assert.Equal([new(Purpose.Profiling, Reason.MinorProfiling)], after.Denials);
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    public async Task From_the_day_that_a_minor_s_birth_date_is_kept_no_marketing_rests_on_an_interest()
    {
        var child = new Identifier(IdentifierKind.Email, "child@example.com");
        await _tracker.RecordAsync(An.Receipt("sale", child));
        await _tracker.Contacts.NoteSoftOptInAsync(_tracker.Caller, An.SoftOptIn(child), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt("second", child) with { Purposes = [Purpose.OrderFulfilment, Purpose.DirectMarketing] });
        var before = (await _tracker.TimelineAsync(child, Purpose.DirectMarketing)).Items.Count;

        await _tracker.RecordAsync(Account("account", new(2012, 1, 1)) with { Identifiers = [child] });
        var after = (await _tracker.TimelineAsync(child, Purpose.DirectMarketing)).Items.Count;
        await _tracker.ReviewAsync(child);

        Assert.Equal((1, 0), (before, after));
        Assert.DoesNotContain(await _tracker.RecordsAsync(child), record => record.Class == RetentionClass.Marketing);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task Within_one_batch_the_next_view_knows_the_age()
    {
        var outcomes = await _tracker.RecordAsync(Account("account", new(2012, 1, 1)), An.PageView("after", An.Ada, purposes: Purpose.Profiling));

        Assert.Equal(Reason.MinorProfiling, outcomes[1].Reason);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task What_itself_states_that_the_person_is_a_minor_is_not_profiled()
    {
        var outcome = await _tracker.RecordAsync(Account("account", new(2012, 1, 1)) with { Purposes = [Purpose.ServiceDelivery, Purpose.Profiling] });

        Assert.Equal([new(Purpose.Profiling, Reason.MinorProfiling)], outcome.Denials);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task The_profile_of_a_minor_is_hidden_as_soon_as_the_age_is_known()
    {
        await ViewAsync("before");
        var before = (await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items.Count;

        await StateAsync("account", new(2012, 1, 1));

        Assert.Equal(1, before);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task What_a_child_alone_consented_to_is_hidden_as_soon_as_the_age_is_known()
    {
        await _tracker.RecordAsync(An.Newsletter());
        var before = await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);

        await StateAsync("account", new(2014, 1, 1));

        Assert.NotNull(before.Contact);
        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task A_corrected_birth_date_under_which_consents_fall_asks_for_a_review()
    {
        await StateAsync("account", new(1990, 1, 1));
        var calm = await DueAsync();
        _tracker.Time.Advance(TimeSpan.FromHours(2));
        await StateAsync("corrected", new(2014, 1, 1));

        var answer = await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), Purpose.DirectMarketing, ContactChannel.Email, CancellationToken.None);

        Assert.Equal(Reason.GuardianRequired, answer.Reason);
        Assert.True(await DueAsync() > calm);
    }

    [Fact]
    [Trait("Compliance", "R-010")]
    public async Task A_late_message_does_not_overwrite_what_was_stated_after_it()
    {
        await StateAsync("new", new(1990, 1, 1));
        await _tracker.RecordAsync(Account("late", new(2014, 1, 1)) with { OccurredAt = TestTracker.Noon.AddDays(-1) });

        Assert.Equal(Outcome.Accepted, (await ViewAsync("after")).Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-010")]
    [Trait("Compliance", "R-045")]
    public async Task A_late_consent_does_not_overwrite_the_age_that_was_stated_after_it()
    {
        await StateAsync("account", new(2012, 1, 1));

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConsentAsync(An.Consent(Purpose.Analytics, An.Ada, TestTracker.Noon.AddHours(-1)) with { Age = new(new(1990, 1, 1), "IT") }));

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
        Assert.Equal([new(Purpose.Profiling, Reason.MinorProfiling)], (await ViewAsync("after")).Denials);
    }

    [Fact]
    [Trait("Compliance", "R-010")]
    [Trait("Compliance", "E14")]
    public async Task A_late_message_does_not_overwrite_the_age_that_was_stated_with_a_consent_after_it()
    {
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        await ConsentAsync(ByGuardian("guardian", new(2014, 1, 1)));

        await _tracker.RecordAsync(Account("late", new(1990, 1, 1)) with { OccurredAt = _tracker.Time.GetUtcNow().AddMinutes(-30) });

        Assert.Equal(Outcome.Denied, (await ViewAsync("after")).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-010")]
    public async Task An_age_that_is_stated_again_is_not_overwritten_by_what_was_stated_in_between(bool withConsent)
    {
        await StateAsync("account", new(2014, 1, 1));
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        await (withConsent ? ConsentAsync(ByGuardian("guardian", new(2014, 1, 1))) : (Task)StateAsync("again", new(2014, 1, 1)));

        await _tracker.RecordAsync(Account("late", new(1990, 1, 1)) with { OccurredAt = _tracker.Time.GetUtcNow().AddMinutes(-30) });

        Assert.Equal(Outcome.Denied, (await ViewAsync("after")).Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-010")]
    public async Task An_age_that_a_consent_corrects_is_that_of_the_consent()
    {
        await StateAsync("account", new(2012, 1, 1));
        _tracker.Time.Advance(TimeSpan.FromHours(1));

        await ConsentAsync(An.Consent(Purpose.Personalisation, An.Ada, _tracker.Time.GetUtcNow()) with { Age = new(new(1990, 1, 1), "") });

        Assert.Equal(Outcome.Accepted, (await ViewAsync("after")).Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-043")]
    public async Task A_consent_that_names_no_country_is_judged_by_the_rules_of_the_known_one()
    {
        await StateAsync("account", new(2011, 6, 1), "DE");

        var refused = await Assert.ThrowsAsync<RefusalException>(() => ConsentAsync(An.Consent(Purpose.Analytics, An.Ada) with { Age = new(new(2011, 6, 1), "") }));

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task A_consent_that_states_the_known_age_again_asks_for_no_review()
    {
        await StateAsync("account", new(1990, 1, 1));
        var calm = await DueAsync();
        _tracker.Time.Advance(TimeSpan.FromHours(2));

        await ConsentAsync(An.Consent(Purpose.Analytics, An.Ada, _tracker.Time.GetUtcNow()) with { Age = new(new(1990, 1, 1), "") });

        Assert.Equal(calm, await DueAsync());
    }

    [Fact]
    [Trait("Compliance", "E13")]
    public async Task A_move_to_another_country_is_a_change_of_the_rules()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Online(Purpose.Analytics, An.Ada), CancellationToken.None);
        await StateAsync("italy", new(2011, 6, 1), "IT");
        var italy = await CheckAsync(Purpose.Analytics);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await StateAsync("germany", new(2011, 6, 1), "DE");

        Assert.Equal((Reason.None, Reason.GuardianRequired), (italy, await CheckAsync(Purpose.Analytics)));
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task What_was_profiled_of_a_minor_is_unreadable_from_the_moment_the_age_is_known()
    {
        var view = await ViewAsync("before");
        var before = (await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items;
        await StateAsync("account", new(2012, 1, 1));

        var explained = await _tracker.Explainer.ExplainAsync(_tracker.Caller, view.Key!.Value, Purpose.RightsHandling, CancellationToken.None);

        Assert.Single(before);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.Profiling)).LastInteractionAt);
        Assert.Equal(Reason.MinorProfiling, Assert.Single(Assert.Single(explained.Explained).Grants).DenialNow);
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task What_rests_on_a_consent_that_a_child_gave_is_unreadable_from_the_moment_the_age_is_known()
    {
        await _tracker.RecordAsync(An.Newsletter(at: _tracker.Time.GetUtcNow()));
        var before = (await _tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items;
        await StateAsync("account", new(2014, 1, 1));

        Assert.Single(before);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
    }

    [Fact]
    [Trait("Compliance", "E15")]
    public async Task A_right_to_the_contact_is_of_a_source_for_children_until_another_source_proves_it_too()
    {
        await _tracker.Ledger.RecordAsync(
            _tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, id: "guardian") with { Actor = DecisionActor.Guardian, AuthorityReference = "ticket-7" }, CancellationToken.None);
        await _tracker.Recorder.RecordAsync(_tracker.Caller with { IsChildDirected = true }, [An.Newsletter("game")], CancellationToken.None);
        var first = await IsOfChildrenAsync();

        await _tracker.RecordAsync(An.Newsletter("shop"));

        Assert.Equal((true, false), (first, await IsOfChildrenAsync()));
    }

    private async Task<bool> IsOfChildrenAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        var contact = await _tracker.Store.Reviews.FindContactAsync(_tracker.Caller.Tenant, control.Profile, CancellationToken.None);
        return Assert.Single(contact!.Grants, grant => grant.Purpose == Purpose.DirectMarketing).IsChildDirected;
    }

    private async Task<int> DueAsync() =>
        (await _tracker.Store.Errands.ReadDueAsync(_tracker.Time.GetUtcNow().AddHours(1), 100, CancellationToken.None)).Count;

    private async Task<Reason> CheckAsync(Purpose purpose = Purpose.DirectMarketing) =>
        (await _tracker.Permissions.CheckAsync(
            _tracker.Caller,
            new(null, An.Ada),
            purpose,
            purpose == Purpose.DirectMarketing ? ContactChannel.Email : ContactChannel.Unspecified,
            CancellationToken.None)).Reason;

    private Task<ConsentAppended> ConsentAsync(ConsentDraft draft) => _tracker.Ledger.RecordAsync(_tracker.Caller, draft, CancellationToken.None);

    private ConsentDraft ByGuardian(string id, DateOnly birthDate) => An.Consent(Purpose.Analytics, An.Ada, _tracker.Time.GetUtcNow(), id) with
    {
        Actor = DecisionActor.Guardian,
        AuthorityReference = "ticket-7",
        Age = new(birthDate, ""),
    };

    private Task<Core.Ingestion.InteractionOutcome> ViewAsync(string id) =>
        _tracker.RecordAsync(An.PageView(id, An.Ada, _tracker.Time.GetUtcNow(), Purpose.Profiling));

    private Task<Core.Ingestion.InteractionOutcome> StateAsync(string id, DateOnly birthDate, string? country = null) => _tracker.RecordAsync(Account(id, birthDate, country));

    private Core.Ingestion.InteractionDraft Account(string id, DateOnly birthDate, string? country = null) => An.Newsletter(id, at: _tracker.Time.GetUtcNow()) with
    {
        Type = "account.opened",
        Content = new() { Contact = new() { BirthDate = birthDate, PostalAddress = country is null ? null : new() { Region = country } } },
    };
}
