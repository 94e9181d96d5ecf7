using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class ConsentLedgerTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task A_consent_is_permission_from_its_answer_on()
    {
        await GiveAsync(An.Consent(Purpose.DirectMarketing, An.Ada));

        var answer = await CheckAsync(An.Ada, Purpose.DirectMarketing);

        Assert.True(answer.IsPermitted);
        Assert.Equal((LegalBasis.Consent, 1L), (answer.Basis, answer.ConsentEpoch));
    }

    [Fact]
    public async Task Without_a_consent_marketing_is_not_permitted_to_anybody()
    {
        var answer = await CheckAsync(An.Ada, Purpose.DirectMarketing);

        Assert.False(answer.IsPermitted);
    }

    [Fact]
    public async Task After_a_withdrawal_nothing_is_accepted_and_nothing_readable()
    {
        await GiveAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        await _tracker.RecordAsync(An.Newsletter());
        _tracker.Time.Advance(TimeSpan.FromHours(1));

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);

        var late = await _tracker.RecordAsync(An.Newsletter("late"));
        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        Assert.Equal((Outcome.Denied, Reason.ConsentWithdrawn), (late.Outcome, late.Reason));
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        Assert.Null(profile.Contact);
    }

    [Fact]
    public async Task A_withdrawal_of_an_unknown_person_defeats_the_consent_that_arrives_later()
    {
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromHours(1));

        await GiveAsync(An.Consent(Purpose.DirectMarketing, An.Ada, TestTracker.Noon.AddDays(-1)));

        Assert.Equal(Reason.ConsentWithdrawn, (await CheckAsync(An.Ada, Purpose.DirectMarketing)).Reason);
    }

    [Fact]
    public async Task A_repeated_request_returns_the_first_answer_and_writes_nothing()
    {
        var first = await GiveAsync(An.Consent(Purpose.Profiling, An.Ada, id: "same"));

        var again = await GiveAsync(An.Consent(Purpose.Profiling, An.Ada, id: "same"));

        Assert.Equal(first.Entry!.Id, again.Entry!.Id);
        Assert.True(again.IsRepeat);
        Assert.Equal(1, (await CheckAsync(An.Ada, Purpose.Profiling)).ConsentEpoch);
    }

    [Fact]
    public async Task A_consent_ends_by_itself_after_24_months()
    {
        await GiveAsync(An.Consent(Purpose.DirectMarketing, An.Ada));

        _tracker.Time.Advance(TestTracker.Noon.AddMonths(24) - TestTracker.Noon);

        Assert.Equal(Reason.ConsentExpired, (await CheckAsync(An.Ada, Purpose.DirectMarketing)).Reason);
    }

    [Fact]
    public async Task Proof_outlives_a_withdrawal_by_five_years_and_no_longer()
    {
        await GiveAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(2).AddDays(1));

        var page = await _tracker.Consents.ListAsync(_tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, 0, "", CancellationToken.None);

        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn], page.Entries.Select(entry => entry.State));
        Assert.All(page.Entries, entry => Assert.Equal(TestTracker.Noon.AddYears(5), entry.ExpireAt));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [Trait("Compliance", "R-004")]
    public async Task A_box_ticked_in_advance_is_no_consent(bool? defaultChecked)
    {
        var draft = An.Online(Purpose.DirectMarketing, An.Ada);

        var refused = await Refused(draft with { Evidence = draft.Evidence! with { DefaultChecked = defaultChecked } });

        Assert.Equal(RefusalReason.InvalidEvidence, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-034")]
    public async Task A_consent_bundled_with_other_terms_is_none()
    {
        var draft = An.Consent(Purpose.DirectMarketing, An.Ada);

        var refused = await Refused(draft with { Evidence = draft.Evidence! with { BundledWith = ["TERMS"] } });

        Assert.Equal(RefusalReason.InvalidEvidence, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-006")]
    public async Task A_notice_shown_after_the_decision_is_no_notice()
    {
        var draft = An.Consent(Purpose.DirectMarketing, An.Ada);

        var refused = await Refused(draft with { NoticeShownAt = TestTracker.Noon.AddSeconds(1) });

        Assert.Equal((RefusalReason.NoticeNotPrior, "notice_shown_at"), (refused.Reason, Assert.Single(refused.Violations).Field));
    }

    [Fact]
    public async Task A_notice_nobody_registered_is_refused()
    {
        var refused = await Refused(An.Consent(Purpose.DirectMarketing, An.Ada) with { NoticeVersion = "9" });

        Assert.Equal((RefusalReason.NoticeUnknown, "notice_version"), (refused.Reason, Assert.Single(refused.Violations).Field));
    }

    [Fact]
    public async Task Every_missing_field_of_a_consent_is_named_at_once()
    {
        var refused = await Refused(new ConsentDraft());

        Assert.Superset(
            new HashSet<string> { "request_id", "identifiers", "purpose", "state", "decided_at", "notice_id", "notice_version", "notice_shown_at", "evidence" },
            refused.Violations.Select(violation => violation.Field).ToHashSet());
    }

    [Fact]
    public async Task What_the_door_could_not_convert_is_told_with_the_rest_and_only_once()
    {
        var draft = An.Consent(Purpose.Unspecified, new(IdentifierKind.Email, "null"), id: "r-1") with { NoticeId = "", Violations = [new("purpose", "is none of the contract")] };

        var refused = await Refused(draft);

        Assert.Equal(["identifiers[0].value", "notice_id", "purpose"], refused.Violations.Select(violation => violation.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_registered_notice_never_changes()
    {
        var changed = An.Notice() with { Text = "We use your data for everything." };

        var refused = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Notices.RegisterAsync(_tracker.Caller, changed, CancellationToken.None));

        Assert.Equal(RefusalReason.NoticeChanged, refused.Reason);
    }

    [Fact]
    public async Task A_withdrawal_that_names_a_medium_ends_a_consent_that_knows_none()
    {
        await GiveAsync(An.Consent(Purpose.Profiling, An.Ada));
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));

        var withdrawal = An.Withdrawal(Purpose.Profiling, An.Ada) with { ContactChannels = [ContactChannel.Email] };
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, withdrawal, CancellationToken.None);

        Assert.False((await CheckAsync(An.Ada, Purpose.Profiling)).IsPermitted);
    }

    [Fact]
    public async Task Evidence_of_an_earlier_act_does_not_revive_a_withdrawn_consent()
    {
        var first = An.Consent(Purpose.Profiling, An.Ada);
        await GiveAsync(first);
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromDays(1));

        var refused = await Refused(An.Consent(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow(), "again") with { Evidence = first.Evidence });

        Assert.Equal(RefusalReason.InvalidEvidence, refused.Reason);
    }

    [Fact]
    public async Task Proof_of_a_consent_that_arrives_after_its_withdrawal_is_kept_from_the_withdrawal_on()
    {
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);

        var late = await GiveAsync(An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddDays(-3)));

        Assert.Equal(TestTracker.Noon.AddYears(5), late.Entry!.ExpireAt);
    }

    [Fact]
    public async Task A_repeated_notice_is_answered_as_the_first_also_where_its_time_is_finer_than_what_is_kept()
    {
        var fine = An.Notice("fine") with { EffectiveAt = TestTracker.Noon.AddTicks(1) };

        var first = await _tracker.Notices.RegisterAsync(_tracker.Caller, fine, CancellationToken.None);
        var again = await _tracker.Notices.RegisterAsync(_tracker.Caller, fine, CancellationToken.None);

        Assert.Equal(first.EffectiveAt, again.EffectiveAt);
    }

    [Fact]
    public async Task A_repeated_consent_is_answered_with_the_times_of_the_first_however_fine_they_were_sent()
    {
        var draft = An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddTicks(-1));

        var first = (await GiveAsync(draft)).Entry!;
        var again = (await GiveAsync(draft)).Entry!;

        Assert.Equal((first.EffectiveAt, first.ValidUntil, first.ExpireAt), (again.EffectiveAt, again.ValidUntil, again.ExpireAt));
        Assert.Equal(first.Evidence, again.Evidence);
    }

    [Fact]
    public async Task A_receipt_number_names_nobody_who_could_consent_or_withdraw()
    {
        var receipt = new Identifier(IdentifierKind.Receipt, "r-1");

        var consent = await Refused(An.Consent(Purpose.Profiling, receipt));
        var withdrawal = await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, receipt), CancellationToken.None));

        Assert.Equal("identifiers", Assert.Single(consent.Violations).Field);
        Assert.Equal("profile.identifier", Assert.Single(withdrawal.Violations).Field);
    }

    private Task<ConsentAppended> GiveAsync(ConsentDraft draft) => _tracker.Ledger.RecordAsync(_tracker.Caller, draft, CancellationToken.None);

    private Task<RefusalException> Refused(ConsentDraft draft) => Assert.ThrowsAsync<RefusalException>(() => GiveAsync(draft));

    private Task<PermissionAnswer> CheckAsync(Identifier person, Purpose purpose) =>
        _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, person), new() { Purpose = purpose }, CancellationToken.None);
}
