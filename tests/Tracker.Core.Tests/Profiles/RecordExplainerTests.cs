using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

public sealed class RecordExplainerTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Order(by: An.Ada, at: TestTracker.Noon.AddDays(-40)));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task An_invoice_is_held_for_accounting_by_legal_obligation_for_ten_years()
    {
        var explanation = await _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-1", null, Purpose.RightsHandling, CancellationToken.None);

        var fiscal = explanation.Records.Single(record => record.Class == RetentionClass.Fiscal);
        var grant = Assert.Single(fiscal.Grants);
        Assert.Equal((Purpose.AccountingTax, LegalBasis.LegalObligation), (grant.Purpose, grant.Basis));
        Assert.Equal(["IT-CC-2220"], grant.EvidenceIds);
        Assert.Equal(new DateTimeOffset(2036, 10, 14, 22, 0, 0, TimeSpan.Zero), fiscal.ExpireAt);
    }

    [Fact]
    public async Task The_explanation_names_policy_rule_and_law()
    {
        var explanation = await _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-1", null, Purpose.AccountingTax, CancellationToken.None);

        var decision = explanation.Records[0].Decision;
        Assert.Equal(_tracker.Policies.For(_tracker.Caller.Tenant).Version, decision.PolicyVersion);
        Assert.Contains("2220", explanation.LegalReferences[explanation.Records[0].Grants[0].RuleId], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purpose_it_is_not_held_for_learns_nothing()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-1", null, Purpose.DirectMarketing, CancellationToken.None));

        Assert.Equal(RefusalReason.InteractionNotFound, refused.Reason);
    }

    [Fact]
    public async Task Another_source_does_not_find_it_by_message_id()
    {
        await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.Explainer.ExplainAsync(_tracker.Caller with { Source = new("shop") }, "order-1", null, Purpose.RightsHandling, CancellationToken.None));
    }

    [Fact]
    public async Task A_purpose_learns_what_is_held_for_it_and_not_what_a_withdrawn_consent_left()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob), CancellationToken.None);
        await _tracker.RecordAsync(An.Order("order-2", An.Bob) with { Purposes = [Purpose.AccountingTax, Purpose.Profiling] });
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);

        var explanation = await _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-2", null, Purpose.AccountingTax, CancellationToken.None);

        var grant = Assert.Single(explanation.Records.SelectMany(record => record.Grants));
        Assert.Equal(Purpose.AccountingTax, grant.Purpose);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task The_evidence_of_a_consent_is_the_entry_of_the_ledger()
    {
        await ConsentOfBobAsync();

        var grant = Assert.Single(Assert.Single((await ExplainAsync("order-2")).Explained).Grants);

        var entry = Assert.Single(grant.Evidence);
        Assert.Equal(grant.Grant.EvidenceIds, [entry.Id.ToString()]);
        Assert.Equal(("privacy", "1", TestTracker.Noon), (entry.NoticeId, entry.NoticeVersion, entry.EffectiveAt));
        Assert.Equal(Reason.None, grant.DenialNow);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_would_not_be_permitted_any_more_says_why()
    {
        await ConsentOfBobAsync();
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);

        var grant = Assert.Single(Assert.Single((await ExplainAsync("order-2")).Explained).Grants);

        Assert.Equal(Reason.ConsentWithdrawn, grant.DenialNow);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task Of_a_person_whose_data_is_restricted_no_contract_would_be_permitted_any_more()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        await _tracker.Store.Reviews.ChangeHoldsAsync(control.Tenant, control.Profile, control.ConsentEpoch, [], isRestricted: true, [], CancellationToken.None);

        var explained = (await ExplainAsync("order-1")).Explained;

        Assert.Equal(Reason.Restricted, explained.Single(record => record.Record.Class == RetentionClass.Order).Grants[0].DenialNow);
        Assert.Equal(Reason.None, explained.Single(record => record.Record.Class == RetentionClass.Fiscal).Grants[0].DenialNow);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task The_rule_is_quoted_from_the_policy_that_decided()
    {
        var explained = (await ExplainAsync("order-1")).Explained.Single(record => record.Record.Class == RetentionClass.Fiscal);

        Assert.True(explained.Policy.IsExact);
        Assert.Equal("FISCAL_ENTRY + P10Y (MIN); FISCAL_ENTRY + P10Y (MAX); EVENT_TIME + P11Y (OUTER CAP); DELETE", explained.Policy.Rules["IT-TAX-1"]);
        Assert.Contains("art. 2220 c.c.", explained.Policy.References["IT-CC-2220"], StringComparison.Ordinal);
        Assert.Equal(Reason.None, Assert.Single(explained.Grants).DenialNow);
    }

    [Fact]
    public void A_rule_with_an_outer_cap_of_its_own_says_that_one()
    {
        var policy = APolicy.With(document => document["rules"]!.AsArray().Single(rule => (string?)rule!["id"] == "IT-PRO-1")!["outer_cap"] = "P3Y");

        Assert.Contains("EVENT_TIME + P3Y (OUTER CAP)", PolicyTexts.Read(policy.Document.Span, isExact: true).Rules["IT-PRO-1"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task An_objection_and_what_was_decided_of_it_are_listed()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS")));
        await tracker.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.LegalClaims] });
        tracker.Time.Advance(TimeSpan.FromDays(1));
        var objection = await tracker.Objections.ObjectAsync(tracker.Caller, new() { RequestId = "objection", Profile = new(null, An.Ada), Purpose = Purpose.LegalClaims }, CancellationToken.None);
        var decision = await tracker.Objections.DecideAsync(
            tracker.Caller,
            new() { RequestId = "decision", Profile = new(null, An.Ada), Objection = objection.Entry!.Id, Decision = ConsentState.ObjectionRejected, GroundsReference = "ticket 7" },
            CancellationToken.None);

        var grants = (await tracker.Explainer.ExplainAsync(tracker.Caller, "receipt-1", null, Purpose.RightsHandling, CancellationToken.None)).Explained.SelectMany(record => record.Grants).ToList();

        Assert.Equal([objection.Entry.Id, decision.Entry!.Id], grants.Single(grant => grant.Grant.Purpose == Purpose.LegalClaims).EndedBy.Select(entry => entry.Id));
        Assert.Empty(grants.Single(grant => grant.Grant.Purpose == Purpose.OrderFulfilment).EndedBy);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task A_legitimate_interest_says_until_when_its_assessment_is_valid()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS")));
        await tracker.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.LegalClaims] });

        var explained = Assert.Single((await tracker.Explainer.ExplainAsync(tracker.Caller, "receipt-1", null, Purpose.RightsHandling, CancellationToken.None)).Explained);

        var assessment = explained.Policy.Assessments[Assert.Single(Assert.Single(explained.Grants).Grant.EvidenceIds)];
        Assert.Equal(new DateTimeOffset(2059, 12, 31, 23, 0, 0, TimeSpan.Zero), assessment.Until);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    [Trait("Compliance", "R-046")]
    public async Task The_condition_that_carries_what_is_special_is_named()
    {
        await _tracker.Products.UpsertAsync(_tracker.Caller, [An.ProductEntry("shirt") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        var consent = await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob) with { IsExplicit = true }, CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt("special", An.Bob) with { Purposes = [Purpose.OrderFulfilment, Purpose.Profiling] });

        var grants = (await ExplainAsync("special")).Explained.SelectMany(record => record.Grants).ToDictionary(grant => grant.Grant.Purpose);

        Assert.Equal("9(2)(h)", Assert.Single(grants[Purpose.OrderFulfilment].Conditions).Condition);
        Assert.Equal(("9(2)(a)", $"{consent.Entry!.Id}"), Assert.Single(grants[Purpose.Profiling].Conditions) is var found ? (found.Condition, found.Reference) : default);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    [Trait("Compliance", "R-046")]
    public async Task An_explicit_consent_that_was_withdrawn_carries_nothing_special_any_more()
    {
        await _tracker.Products.UpsertAsync(_tracker.Caller, [An.ProductEntry("shirt") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob) with { IsExplicit = true }, CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt("special", An.Bob) with { Purposes = [Purpose.Profiling] });
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);

        var grant = Assert.Single(Assert.Single((await ExplainAsync("special")).Explained).Grants);

        Assert.Empty(grant.Conditions);
        Assert.Single(grant.EndedBy);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task Where_nothing_is_special_no_condition_is_named() =>
        Assert.All((await ExplainAsync("order-1")).Explained.SelectMany(record => record.Grants), grant => Assert.Empty(grant.Conditions));

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_purpose_that_may_not_see_it_any_more_does_not_learn_that_something_is_special()
    {
        var before = await TestTracker.StartAsync();
        await before.Products.UpsertAsync(before.Caller, [An.ProductEntry("shirt") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
        await before.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment] });
        await before.CloseAsync();
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(document => document["special_categories"]!.AsArray().Clear()), after: before);

        async Task<ExplainedGrant> AskAsync(Purpose purpose) =>
            Assert.Single(Assert.Single((await tracker.Explainer.ExplainAsync(tracker.Caller, "receipt-1", null, purpose, CancellationToken.None)).Explained).Grants);

        Assert.Empty((await AskAsync(Purpose.OrderFulfilment)).Conditions);
        Assert.Single((await AskAsync(Purpose.RightsHandling)).Conditions);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_purpose_is_told_nothing_of_a_record_that_its_timeline_does_not_show()
    {
        await ConsentOfBobAsync();
        await _tracker.RecordAsync(An.Order("order-3", An.Bob) with { Purposes = [Purpose.Profiling], Content = new() { Commerce = new() { Lines = [new() { ProductId = "tea", Quantity = 1 }] } } });
        await _tracker.Products.UpsertAsync(_tracker.Caller, [An.ProductEntry("tea") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
        var shown = (await _tracker.TimelineAsync(An.Bob, Purpose.Profiling)).Items;

        var refused = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-3", null, Purpose.Profiling, CancellationToken.None));

        Assert.Equal("order-2", Assert.Single(shown).Content.Commerce!.OrderId);
        Assert.Equal(RefusalReason.InteractionNotFound, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_was_shared_on_a_consent_that_stands_would_be_shared_again_with_whom_it_names()
    {
        await ConsentOfBobAsync();
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.ThirdPartySharing, An.Bob), CancellationToken.None);
        await _tracker.RecordAsync(An.Order("shared", An.Bob) with { Purposes = [Purpose.ThirdPartySharing], Recipient = "partner" });

        var grant = Assert.Single(Assert.Single((await ExplainAsync("shared")).Explained).Grants);

        Assert.Equal((Purpose.ThirdPartySharing, Reason.None), (grant.Grant.Purpose, grant.DenialNow));
        Assert.Equal("partner", Assert.Single(grant.Evidence).Recipient);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task An_audience_elsewhere_would_be_told_again_while_both_its_consents_stand()
    {
        await ConsentOfBobAsync();
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.ThirdPartySharing, An.Bob), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Bob, channels: ContactChannel.SocialAudience), CancellationToken.None);
        var sent = await _tracker.RecordAsync(An.Newsletter("audience", An.Bob) with { Type = "offer.sent", ContactChannel = ContactChannel.SocialAudience, Recipient = "partner" });

        Assert.Equal(Reason.None, sent.Reason);
        var grant = Assert.Single(Assert.Single((await ExplainAsync("audience")).Explained).Grants);
        Assert.Equal((Purpose.DirectMarketing, Reason.None), (grant.Grant.Purpose, grant.DenialNow));
    }

    [Fact]
    public async Task Another_source_asks_for_a_message_by_naming_who_sent_it()
    {
        var shop = _tracker.Caller with { Source = new("shop") };

        var explanation = await _tracker.Explainer.ExplainAsync(shop, "order-1", new SourceId("till"), Purpose.RightsHandling, CancellationToken.None);

        Assert.Equal("till", explanation.Records[0].Source.Value);
    }

    private async Task ConsentOfBobAsync()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob), CancellationToken.None);
        await _tracker.RecordAsync(An.Order("order-2", An.Bob) with { Purposes = [Purpose.Profiling] });
    }

    private Task<RecordExplanation> ExplainAsync(string messageId) =>
        _tracker.Explainer.ExplainAsync(_tracker.Caller, messageId, null, Purpose.RightsHandling, CancellationToken.None);
}
