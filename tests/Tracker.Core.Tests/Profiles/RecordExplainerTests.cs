using Tracker.Core.Model;
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
        var explanation = await _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-1", Purpose.RightsHandling, CancellationToken.None);

        var fiscal = explanation.Records.Single(record => record.Class == RetentionClass.Fiscal);
        var grant = Assert.Single(fiscal.Grants);
        Assert.Equal((Purpose.AccountingTax, LegalBasis.LegalObligation), (grant.Purpose, grant.Basis));
        Assert.Equal(["IT-CC-2220"], grant.EvidenceIds);
        Assert.Equal(new DateTimeOffset(2036, 10, 14, 22, 0, 0, TimeSpan.Zero), fiscal.ExpireAt);
    }

    [Fact]
    public async Task The_explanation_names_policy_rule_and_law()
    {
        var explanation = await _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-1", Purpose.AccountingTax, CancellationToken.None);

        var decision = explanation.Records[0].Decision;
        Assert.Equal(_tracker.Policies.For(_tracker.Caller.Tenant).Version, decision.PolicyVersion);
        Assert.Contains("2220", explanation.LegalReferences[explanation.Records[0].Grants[0].RuleId], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purpose_it_is_not_held_for_learns_nothing()
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-1", Purpose.DirectMarketing, CancellationToken.None));

        Assert.Equal(RefusalReason.InteractionNotFound, refused.Reason);
    }

    [Fact]
    public async Task Another_source_does_not_find_it_by_message_id()
    {
        await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.Explainer.ExplainAsync(_tracker.Caller with { Source = new("shop") }, "order-1", Purpose.RightsHandling, CancellationToken.None));
    }

    [Fact]
    public async Task A_purpose_learns_what_is_held_for_it_and_not_what_a_withdrawn_consent_left()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob), CancellationToken.None);
        await _tracker.RecordAsync(An.Order("order-2", An.Bob) with { Purposes = [Purpose.AccountingTax, Purpose.Profiling] });
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);

        var explanation = await _tracker.Explainer.ExplainAsync(_tracker.Caller, "order-2", Purpose.AccountingTax, CancellationToken.None);

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
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller.Tenant, new(null, An.Ada), CancellationToken.None);
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

        Assert.True(explained.Policy.IsOfDecision);
        Assert.Equal("FISCAL_ENTRY + P10Y (MIN); FISCAL_ENTRY + P10Y (MAX); DELETE", explained.Policy.Rules["IT-TAX-1"]);
        Assert.Contains("art. 2220 c.c.", explained.Policy.References["IT-CC-2220"], StringComparison.Ordinal);
        Assert.Equal(Reason.None, Assert.Single(explained.Grants).DenialNow);
    }

    private async Task ConsentOfBobAsync()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob), CancellationToken.None);
        await _tracker.RecordAsync(An.Order("order-2", An.Bob) with { Purposes = [Purpose.Profiling] });
    }

    private Task<RecordExplanation> ExplainAsync(string messageId) =>
        _tracker.Explainer.ExplainAsync(_tracker.Caller, messageId, Purpose.RightsHandling, CancellationToken.None);
}
