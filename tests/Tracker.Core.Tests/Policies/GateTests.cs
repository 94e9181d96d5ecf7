using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Tests.Policies;

public sealed class GateTests
{
    private static readonly Policy Strict = PolicyRegister.LoadShipped(PolicyRegister.DefaultProfile);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Facts Lead = new() { IdentifiedAt = Now.AddYears(-3) };
    private static readonly Facts Customer = Lead with { FirstPurchaseAt = Now.AddMonths(-2), LastPurchaseAt = Now.AddMonths(-2) };

    [Fact]
    public void A_lead_without_consent_has_no_basis_for_marketing()
    {
        var verdict = Ask(Purpose.DirectMarketing, Lead);

        Assert.Equal(Reason.ConsentMissing, verdict.Reason);
        Assert.Equal(Reason.NoLegalBasis, Gate.Summarise([new(Purpose.DirectMarketing, verdict.Reason)]));
    }

    [Fact]
    public void A_consent_that_covers_the_contact_and_now_permits()
    {
        var verdict = Ask(Purpose.DirectMarketing, Lead, Consent(Now.AddDays(-10), Now.AddDays(10)));

        Assert.True(verdict.IsPermitted);
        Assert.Equal(LegalBasis.Consent, verdict.Basis);
        Assert.Single(verdict.EvidenceIds);
    }

    [Fact]
    public void A_consent_does_not_reach_back_before_it_was_given() =>
        Assert.Equal(Reason.ConsentNotRetroactive, Ask(Purpose.DirectMarketing, Lead, Consent(Now.AddMinutes(-1), Now.AddDays(1))).Reason);

    [Fact]
    public void A_withdrawn_consent_permits_nothing_any_more() =>
        Assert.Equal(Reason.ConsentWithdrawn, Ask(Purpose.DirectMarketing, Lead, Consent(Now.AddDays(-9), Now.AddDays(-1), isWithdrawn: true)).Reason);

    [Fact]
    public void A_withdrawal_between_the_contact_and_now_is_not_healed_by_a_new_consent()
    {
        var verdict = Ask(
            Purpose.DirectMarketing,
            Lead,
            Consent(Now.AddDays(-9), Now.AddMinutes(-30), isWithdrawn: true),
            Consent(Now.AddMinutes(-20), Now.AddYears(1)));

        Assert.Equal(Reason.WithdrawalIntervened, verdict.Reason);
    }

    [Fact]
    public void A_consent_for_one_medium_does_not_cover_another()
    {
        var question = Question(Lead, Consent(Now.AddDays(-9), Now.AddDays(9))) with { ContactChannel = ContactChannel.Sms };

        Assert.Equal(Reason.ConsentScope, Gate.Decide(Strict, Purpose.DirectMarketing, question).Reason);
    }

    [Fact]
    public void A_consent_for_one_purpose_does_not_cover_another() =>
        Assert.Equal(Reason.ConsentMissing, Ask(Purpose.Profiling, Lead, Consent(Now.AddDays(-9), Now.AddDays(9))).Reason);

    [Fact]
    public void A_customer_s_order_is_kept_on_the_contract_and_on_tax_law()
    {
        var question = Question(Customer) with { Type = Strict.Types["order.placed"], Contract = new("order:1", IsOfAnother: false) };

        Assert.Equal(LegalBasis.Contract, Gate.Decide(Strict, Purpose.OrderFulfilment, question).Basis);
        Assert.Equal(["IT-CC-2220"], Gate.Decide(Strict, Purpose.AccountingTax, question).EvidenceIds);
    }

    [Fact]
    public void A_page_view_is_no_order_whatever_the_caller_says()
    {
        var question = Question(Customer) with { Type = Strict.Types["page.viewed"] };

        Assert.Equal(Reason.PurposeCategoryMismatch, Gate.Decide(Strict, Purpose.OrderFulfilment, question).Reason);
    }

    [Fact]
    public void Without_a_person_only_a_duty_by_law_carries()
    {
        var question = Question(Customer) with { Type = Strict.Types["purchase.completed"], HasPerson = false };

        Assert.True(Gate.Decide(Strict, Purpose.AccountingTax, question).IsPermitted);
        Assert.Equal(Reason.NoLegalBasis, Gate.Decide(Strict, Purpose.OrderFulfilment, question).Reason);
    }

    [Fact]
    public void An_interest_without_an_assessment_carries_nothing() =>
        Assert.Equal(Reason.LiaMissing, Ask(Purpose.LegalClaims, Customer).Reason);

    private static Verdict Ask(Purpose purpose, Facts facts, params ConsentSpan[] consents) =>
        Gate.Decide(Strict, purpose, Question(facts, consents));

    private static GateQuestion Question(Facts facts, params ConsentSpan[] consents) => new()
    {
        HasPerson = true,
        Facts = facts,
        History = new PermissionHistory { Consents = consents },
        OccurredAt = Now.AddHours(-1),
        Now = Now,
    };

    private static ConsentSpan Consent(DateTimeOffset from, DateTimeOffset until, bool isWithdrawn = false) =>
        new()
        {
            Id = ConsentId.New(from),
            Purpose = Purpose.DirectMarketing,
            ContactChannel = ContactChannel.Email,
            From = from,
            Until = until,
            End = isWithdrawn ? SpanEnd.Withdrawn : SpanEnd.Time,
        };
}
