using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

public sealed class PipelineTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task An_order_makes_a_customer_with_a_fiscal_and_an_order_record()
    {
        var outcome = await _tracker.RecordAsync(An.Order(by: An.Ada));

        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment);
        Assert.Equal(Outcome.Accepted, outcome.Outcome);
        Assert.Equal([Purpose.AccountingTax, Purpose.OrderFulfilment], outcome.Grants.Select(grant => grant.Purpose));
        Assert.Equal(Stage.Customer, profile.Stage);
    }

    [Fact]
    public async Task A_fiscal_record_is_kept_for_ten_years_from_its_booking_day()
    {
        var outcome = await _tracker.RecordAsync(An.Order(by: An.Ada));

        var fiscal = outcome.Grants.Single(grant => grant.Purpose == Purpose.AccountingTax);
        Assert.Equal(new DateTimeOffset(2036, 11, 23, 23, 0, 0, TimeSpan.Zero), fiscal.Until);
        Assert.Equal(("IT-TAX-1", LegalBasis.LegalObligation), (fiscal.RuleId, fiscal.Basis));
    }

    [Fact]
    [Trait("Compliance", "R-005")]
    public async Task A_lead_without_consent_is_denied_and_leaves_nobody_behind()
    {
        var outcome = await _tracker.RecordAsync(An.LeadOf(An.Ada));

        Assert.Equal((Outcome.Denied, Reason.NoLegalBasis), (outcome.Outcome, outcome.Reason));
        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None));
    }

    [Fact]
    [Trait("Compliance", "R-150")]
    public async Task A_page_view_without_consent_is_denied()
    {
        var outcome = await _tracker.RecordAsync(An.PageView());

        Assert.Equal((Outcome.Denied, Reason.NoLegalBasis), (outcome.Outcome, outcome.Reason));
        Assert.Equal(3, outcome.Denials.Count);
    }

    [Fact]
    public async Task A_consented_page_view_is_kept_to_its_cap()
    {
        await ConsentAsync(Purpose.Analytics, An.AdasCookie);

        var outcome = await _tracker.RecordAsync(An.PageView(purposes: Purpose.Analytics));

        Assert.Equal(Outcome.Accepted, outcome.Outcome);
        Assert.Equal(TestTracker.Noon.AddMonths(12), Assert.Single(outcome.Grants).Until);
    }

    [Fact]
    [Trait("Compliance", "E06")]
    public async Task A_view_with_two_purposes_and_one_consent_is_kept_for_that_one()
    {
        await ConsentAsync(Purpose.Analytics, An.AdasCookie);

        var outcome = await _tracker.RecordAsync(An.PageView(purposes: [Purpose.Analytics, Purpose.Profiling]));

        Assert.Equal(Outcome.AcceptedStripped, outcome.Outcome);
        Assert.Equal(new PurposeDenial(Purpose.Profiling, Reason.ConsentMissing), Assert.Single(outcome.Denials));
    }

    [Fact]
    [Trait("Compliance", "R-009")]
    public async Task A_field_that_no_permitted_purpose_needs_is_not_stored()
    {
        var order = An.Order(by: An.Ada);

        var outcome = await _tracker.RecordAsync(order with { Content = order.Content with { Preferences = new() { Education = "PhD" } } });

        var stored = Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Equal(["content.preferences.education"], outcome.StrippedFields);
        Assert.Equal(Outcome.AcceptedStripped, outcome.Outcome);
        Assert.Null(stored.Content.Preferences);
    }

    [Fact]
    public async Task A_purchase_without_any_identifier_is_an_anonymous_fiscal_record()
    {
        var outcome = await _tracker.RecordAsync(An.Receipt());

        var records = await _tracker.Store.Profiles.FindAsync(_tracker.Caller.Tenant, outcome.Key!.Value, CancellationToken.None);
        var record = Assert.Single(records);
        Assert.Equal(Outcome.Accepted, outcome.Outcome);
        Assert.Equal(RetentionClass.Fiscal, record.Class);
        Assert.True(record.Profile.IsNone);
    }

    [Fact]
    public async Task What_was_bought_anonymously_is_sealed_and_opens_again()
    {
        var outcome = await _tracker.RecordAsync(An.Receipt());

        var records = await _tracker.Store.Profiles.FindAsync(_tracker.Caller.Tenant, outcome.Key!.Value, CancellationToken.None);
        var opened = await _tracker.Opener.OpenAsync(records, CancellationToken.None);
        Assert.Equal(21m, opened[0]!.Content.Commerce!.Total!.Amount);
        Assert.Equal("receipt-1", opened[0]!.MessageId);
    }

    [Fact]
    public async Task An_unknown_type_is_refused_by_name()
    {
        var outcome = await _tracker.RecordAsync(An.Order(by: An.Ada) with { Type = "order.teleported" });

        var violation = Assert.Single(outcome.Violations);
        Assert.Equal(Outcome.Invalid, outcome.Outcome);
        Assert.Equal("type", violation.Field);
        Assert.Contains("'order.teleported'", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_message_is_a_duplicate_and_changes_nothing()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));

        var again = await _tracker.RecordAsync(An.Order(by: An.Ada));

        Assert.Equal(Outcome.Duplicate, again.Outcome);
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
    }

    [Fact]
    public async Task The_same_message_twice_in_one_batch_is_stored_once()
    {
        var outcomes = await _tracker.RecordAsync(An.Order(by: An.Ada), An.Order(by: An.Ada));

        Assert.Equal([Outcome.Accepted, Outcome.Duplicate], outcomes.Select(outcome => outcome.Outcome));
    }

    [Fact]
    public async Task A_denied_message_does_not_make_its_repeat_a_duplicate()
    {
        var outcomes = await _tracker.RecordAsync(An.LeadOf(An.Ada), An.LeadOf(An.Ada));

        Assert.Equal([Outcome.Denied, Outcome.Denied], outcomes.Select(outcome => outcome.Outcome));
    }

    [Fact]
    public async Task An_order_and_a_delivery_in_one_batch_are_decided_in_order()
    {
        var delivered = An.Order("delivery-1", An.Ada) with { Type = "order.delivered" };

        var outcomes = await _tracker.RecordAsync(An.Order(by: An.Ada), delivered);

        Assert.All(outcomes, outcome => Assert.Equal(Outcome.Accepted, outcome.Outcome));
        Assert.Equal(2, (await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items.Count);
    }

    [Fact]
    public async Task A_denied_neighbour_links_nothing_for_those_after_it()
    {
        var lead = An.LeadOf(An.Ada) with { Identifiers = [An.Ada, An.AdasCookie] };
        await ConsentAsync(Purpose.Analytics, new Identifier(IdentifierKind.Cookie, "somebody-else"));

        var outcomes = await _tracker.RecordAsync(lead, An.Order(by: An.Ada));

        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment);
        Assert.Equal([Outcome.Denied, Outcome.Accepted], outcomes.Select(outcome => outcome.Outcome));
        Assert.Equal([IdentifierKind.Email], profile.IdentifierKinds);
    }

    [Fact]
    public async Task One_bad_item_never_fails_its_neighbours()
    {
        var outcomes = await _tracker.RecordAsync(An.Order("a", An.Ada), new Tracker.Core.Ingestion.InteractionDraft(), An.Order("b", An.Ada));

        Assert.Equal([Outcome.Accepted, Outcome.Invalid, Outcome.Accepted], outcomes.Select(outcome => outcome.Outcome));
        Assert.Contains(outcomes[1].Violations, violation => violation.Field == "message_id");
        Assert.Contains(outcomes[1].Violations, violation => violation.Field == "occurred_at");
    }

    [Fact]
    public async Task Data_past_its_retention_is_not_stored()
    {
        var outcome = await _tracker.RecordAsync(An.Order(by: An.Ada, at: TestTracker.Noon.AddYears(-16)));

        Assert.Equal((Outcome.Denied, Reason.RetentionAlreadyElapsed), (outcome.Outcome, outcome.Reason));
    }

    [Fact]
    public async Task Contact_details_go_into_the_contact_document_and_not_into_the_event()
    {
        await ConsentAsync(Purpose.DirectMarketing, An.Ada);

        var outcome = await _tracker.RecordAsync(An.Newsletter());

        var stored = Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        Assert.Equal(Outcome.Accepted, outcome.Outcome);
        Assert.Null(stored.Content.Contact);
        Assert.Equal("Ada", profile.Contact?.GivenName);
    }

    [Fact]
    public async Task A_late_message_does_not_overwrite_a_newer_contact()
    {
        await ConsentAsync(Purpose.DirectMarketing, An.Ada, TestTracker.Noon.AddDays(-30));
        await _tracker.RecordAsync(An.Newsletter("new", at: TestTracker.Noon));

        var late = An.Newsletter("late", at: TestTracker.Noon.AddDays(-2));
        await _tracker.RecordAsync(late with { Content = new() { Contact = new ContactDetails { GivenName = "Adah", FamilyName = "Rossi" } } });

        var profile = await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        Assert.Equal("Ada", profile.Contact?.GivenName);
        Assert.Equal("Rossi", profile.Contact?.FamilyName);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        var stranger = _tracker.Caller with { Tenant = new("other") };

        await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.Profiles.GetAsync(stranger, new(null, An.Ada), Purpose.OrderFulfilment, CancellationToken.None));
    }

    private async Task ConsentAsync(Purpose purpose, Identifier by, DateTimeOffset? at = null)
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(purpose, by, at), CancellationToken.None);
    }
}
