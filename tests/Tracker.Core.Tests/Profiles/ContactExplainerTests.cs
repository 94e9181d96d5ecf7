using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Profiles;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

/// <summary>Contact details are explained as any record is (GDPR Art. 5(2)).</summary>
public sealed class ContactExplainerTests : IAsyncLifetime
{
    private static readonly InteractionContent Name = new() { Contact = new() { GivenName = "Ada" } };
    private static readonly InteractionContent Language = new() { Contact = new() { Language = "it" } };
    private TestTracker _tracker = null!;
    private ConsentEntry _consent = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        _consent = (await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None)).Entry!;
        await _tracker.RecordAsync(An.Newsletter() with { Content = Name });
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task It_tells_by_which_right_since_when_until_when_on_what_proof_and_under_which_policy()
    {
        var contact = Assert.Single(await ExplainAsync(Purpose.RightsHandling));

        var grant = Assert.Single(contact.Grants);
        Assert.Equal((Purpose.DirectMarketing, LegalBasis.Consent, "IT-MKT-1"), (grant.Grant.Purpose, grant.Grant.Basis, grant.Grant.RuleId));
        Assert.Equal((TestTracker.Noon, new DateTimeOffset(TestTracker.Noon.Date, TimeSpan.Zero).AddMonths(24)), (grant.Grant.GivenAt, contact.Document.ExpireAt));
        Assert.Equal(_consent.Id, Assert.Single(grant.Evidence).Id);
        Assert.Equal(Reason.None, grant.DenialNow);
        Assert.Equal((APolicy.Shipped.Version, true), (contact.Document.Decision.PolicyVersion, contact.Policy.IsExact));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task Each_field_has_its_time_its_source_and_its_proof()
    {
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await _tracker.Recorder.RecordAsync(_tracker.Caller with { Source = new("app") }, [An.Newsletter("2", at: _tracker.Time.GetUtcNow()) with { Content = Language }], CancellationToken.None);

        var fields = Assert.Single(await ExplainAsync(Purpose.RightsHandling)).Fields;

        Assert.Equal(
            [(ContentField.ContactGivenName, TestTracker.Noon, "till"), (ContentField.ContactLanguage, TestTracker.Noon.AddDays(1), "app")],
            fields.Select(field => (field.Said.Field, field.Said.At, field.Said.Source)));
        Assert.All(fields, field => Assert.Equal((Purpose.DirectMarketing, _consent.Id.ToString()), (field.Purpose, Assert.Single(field.Said.Proof))));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    [Trait("Compliance", "R-036")]
    public async Task After_a_withdrawal_whoever_answers_the_person_sees_that_the_right_is_over_and_the_purpose_sees_nothing()
    {
        var withdrawal = await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, TestTracker.Noon), CancellationToken.None);

        var told = Assert.Single(Assert.Single(await ExplainAsync(Purpose.RightsHandling)).Grants);
        var shown = await ExplainAsync(Purpose.DirectMarketing);

        Assert.Equal((Reason.ConsentWithdrawn, TestTracker.Noon), (told.DenialNow, told.Grant.Until));
        Assert.Equal(withdrawal.Entry!.Id, Assert.Single(told.EndedBy).Id);
        Assert.Empty(shown);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_a_second_consent_carries_would_be_kept_again_after_the_first_was_withdrawn()
    {
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        var sms = An.Consent(Purpose.DirectMarketing, An.Ada, _tracker.Time.GetUtcNow(), "sms", ContactChannel.Sms);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, sms with { Identifiers = [An.Ada, new(IdentifierKind.Phone, "+393331234567")] }, CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await _tracker.RecordAsync(An.Newsletter("2", at: _tracker.Time.GetUtcNow()) with { ContactChannel = ContactChannel.Sms, Content = Language });
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada, _tracker.Time.GetUtcNow()) with { ContactChannels = [ContactChannel.Email] }, CancellationToken.None);
        await _tracker.ReviewAsync(An.Ada);

        var told = Assert.Single(Assert.Single(await ExplainAsync(Purpose.DirectMarketing)).Grants);

        Assert.Equal((Reason.None, 2), (told.DenialNow, told.Evidence.Count));
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task A_right_whose_end_is_from_an_earlier_policy_than_the_document_tells_that_one()
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), CancellationToken.None);
        await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await before.RecordAsync(An.Receipt(by: An.Ada), An.Newsletter() with { Content = Name });
        await before.CloseAsync();
        var later = APolicy.With(APolicy.Term("IT-SVC-1", "LAST_INTERACTION", "P12M"));
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddDays(3), policy: later, after: before);
        // Of the day of the first: nothing slides with it.
        await tracker.RecordAsync(new InteractionDraft { MessageId = "account", Type = "account.opened", Channel = Channel.Web, OccurredAt = TestTracker.Noon, Identifiers = [An.Ada], Content = Language });

        var contact = Assert.Single(await tracker.ContactExplainer.ExplainAsync(tracker.Caller, new(null, An.Ada), Purpose.RightsHandling, CancellationToken.None));

        Assert.Equal(Convert.ToHexStringLower(later.Sha256.Span), Convert.ToHexStringLower(contact.Document.Decision.PolicySha256.Span));
        Assert.Equal(("", null), contact.Grants.Where(grant => grant.Grant.Purpose == Purpose.ServiceDelivery).Select(grant => (grant.Grant.EndPolicy, grant.EndPolicy?.Version)).Single());
        Assert.Equal(
            (Convert.ToHexStringLower(APolicy.Shipped.Sha256.Span), APolicy.Shipped.Version),
            contact.Grants.Where(grant => grant.Grant.Purpose == Purpose.DirectMarketing).Select(grant => (grant.Grant.EndPolicy, grant.EndPolicy?.Version)).Single());
    }

    [Fact]
    public async Task A_purpose_learns_of_nothing_that_is_held_for_another()
    {
        Assert.Empty(await ExplainAsync(Purpose.Profiling));
        Assert.Single(await ExplainAsync(Purpose.DirectMarketing));
    }

    [Fact]
    public async Task A_purpose_that_has_no_basis_any_more_is_explained_nothing()
    {
        await _tracker.RecordAsync(Naming("start", "contract.started"));
        await _tracker.RecordAsync(Naming("contact", "preference.changed") with { Purposes = [Purpose.ServiceDelivery], Content = Naming("", "").Content with { Contact = new() { GivenName = "Bob" } } });
        var during = await ExplainAsync(Purpose.ServiceDelivery, An.Bob);
        _tracker.Time.Advance(TimeSpan.FromHours(1));
        await _tracker.RecordAsync(Naming("end", "contract.ended"));
        await _tracker.AdvanceToAsync(_tracker.Time.GetUtcNow().AddHours(2));

        Assert.Single(during);
        Assert.Empty(await ExplainAsync(Purpose.ServiceDelivery, An.Bob));
        Assert.Empty((await _tracker.ProfileAsync(An.Bob, Purpose.ServiceDelivery)).Statements);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task The_withdrawal_of_a_merged_profile_is_told_as_what_ended_the_right()
    {
        var card = new Identifier(IdentifierKind.LoyaltyCard, "4242");
        await _tracker.RecordAsync(An.Receipt("card", card));
        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, An.Ada), new(null, card), "ticket 7", []), CancellationToken.None);
        var withdrawal = await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, card, TestTracker.Noon), CancellationToken.None);

        var told = Assert.Single(Assert.Single(await ExplainAsync(Purpose.RightsHandling)).Grants);

        Assert.Equal((Reason.ConsentWithdrawn, withdrawal.Entry!.Id), (told.DenialNow, Assert.Single(told.EndedBy).Id));
    }

    [Fact]
    public async Task Somebody_without_contact_details_has_nothing_to_explain_and_nobody_is_not_found()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Bob));

        Assert.Empty(await ExplainAsync(Purpose.RightsHandling, An.Bob));
        var refused = await Assert.ThrowsAsync<RefusalException>(() => ExplainAsync(Purpose.RightsHandling, new(IdentifierKind.Email, "nobody@example.com")));
        Assert.Equal(RefusalReason.ProfileNotFound, refused.Reason);
    }

    [Fact]
    public async Task What_it_is_read_for_has_to_be_said() =>
        Assert.Equal("purpose", Assert.Single((await Assert.ThrowsAsync<RefusalException>(() => ExplainAsync(Purpose.Unspecified))).Violations).Field);

    [Fact]
    public async Task A_profile_tells_when_and_to_whom_each_field_was_stated()
    {
        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        var other = await _tracker.ProfileAsync(An.Ada, Purpose.Profiling);

        var said = Assert.Single(profile.Statements);
        Assert.Equal((ContentField.ContactGivenName, TestTracker.Noon, "till"), (said.Field, said.At, said.Source));
        Assert.Empty(other.Statements);
    }

    private InteractionDraft Naming(string id, string type) =>
        An.Order(id, An.Bob, _tracker.Time.GetUtcNow()) with { Type = type, Content = new InteractionContent { Commerce = new() { ContractId = "c-1" } } };

    private Task<IReadOnlyList<ExplainedContact>> ExplainAsync(Purpose purpose, Identifier? who = null) =>
        _tracker.ContactExplainer.ExplainAsync(_tracker.Caller, new(null, who ?? An.Ada), purpose, CancellationToken.None);
}
