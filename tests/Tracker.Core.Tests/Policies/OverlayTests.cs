using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Tests.Architecture;

namespace Tracker.Core.Tests.Policies;

public sealed class OverlayTests
{
    private static readonly Policy Strict = PolicyRegister.LoadShipped("it-seed-strict");

    [Fact]
    public void An_overlay_changes_what_it_names_and_nothing_else()
    {
        var own = Documents.Lay("""
            "quote_validity": "P3M", "rules": [{ "id": "IT-QUO-1", "ends": [{ "anchor": "QUOTE_EXPIRY", "period": "P1M", "kind": "MAX" }] }]
            """);

        Assert.Equal("own@1", own.Version);
        Assert.Equal(CalendarPeriod.OfMonths(3), own.QuoteValidity);
        Assert.Equal(CalendarPeriod.OfMonths(1), own.Rules.Single(rule => rule.Id == "IT-QUO-1").Terminators[0].Period);
        Assert.Equal(Strict.Rules.Count, own.Rules.Count);
        Assert.Equal(Strict.ActivityWindow, own.ActivityWindow);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public void What_is_in_force_can_be_read_again_without_its_base()
    {
        var own = Documents.Lay("\"quote_validity\": \"P3M\"");

        var again = PolicyReader.Read("again", own.Document.Span);

        Assert.Equal(own.Sha256.ToArray(), again.Sha256.ToArray());
        Assert.Equal(own.QuoteValidity, again.QuoteValidity);
        Assert.Contains(Convert.ToHexStringLower(Strict.Sha256.Span), Encoding.UTF8.GetString(own.Document.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_of_an_overlay_is_accepted()
    {
        var sample = PolicyRegister.LoadOverlay("acme", File.ReadAllBytes(Path.Combine(SourceTree.Root, "samples", "policies", "acme.json")));

        Assert.Equal("acme@2026-11-25", sample.Version);
        Assert.Equal(CalendarPeriod.OfMonths(9), sample.Rules.Single(rule => rule.Id == "IT-PRO-1").Terminators[1].Period);
    }

    [Fact]
    public void An_overlay_does_not_go_by_the_name_of_a_shipped_profile()
    {
        var errors = Documents.Errors(() => PolicyRegister.LoadOverlay("own", """{ "extends": "it-seed-strict", "profile": "it-seed-strict", "version": "9" }"""u8));

        Assert.StartsWith("$.profile:", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_overlay_on_the_same_base_has_the_same_hash() =>
        Assert.Equal(Documents.Lay("\"quote_validity\": \"P3M\"").Sha256.ToArray(), Documents.Lay("\"quote_validity\": \"P3M\"").Sha256.ToArray());

    [Fact]
    public void A_cell_can_be_emptied_medium_by_medium()
    {
        var own = Documents.Lay("""
            "purposes": [{ "purpose": "DIRECT_MARKETING", "matrix": [{ "contact_channels": ["POST"], "cells": { "CUSTOMER": ["CONSENT"] } }] }]
            """);

        Assert.Equal([LegalBasis.Consent], Bases(own, Purpose.DirectMarketing, ContactChannel.Post, Stage.Customer));
        Assert.Equal(2, Bases(own, Purpose.DirectMarketing, ContactChannel.Email, Stage.Customer).Count);
    }

    [Fact]
    public void The_standard_profile_adds_the_terms_of_an_account_for_leads_and_nothing_else()
    {
        var standard = PolicyRegister.LoadShipped("it-standard");

        var added = standard.Purposes[Purpose.ServiceDelivery].Rows[0].Cells[Stage.Lead][0];
        Assert.Equal((LegalBasis.Contract, true), (added.Basis, added.IsOnAccountTerms));
        Assert.All(
            standard.Purposes.Values.Where(rule => rule.Purpose != Purpose.ServiceDelivery),
            rule => Assert.Equal(Cells(Strict.Purposes[rule.Purpose]), Cells(rule)));
    }

    [Fact]
    public void The_terms_of_an_account_carry_only_while_it_is_open()
    {
        var standard = PolicyRegister.LoadShipped("it-standard");
        var now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var lead = new Facts { IdentifiedAt = now.AddDays(-9) };

        Assert.Equal(Reason.ConsentMissing, Ask(lead).Reason);
        Assert.Equal(LegalBasis.Contract, Ask(lead with { AccountOpenedAt = now.AddDays(-9) }).Basis);
        Assert.False(Ask(lead with { AccountOpenedAt = now.AddDays(-9), AccountClosedAt = now.AddDays(-1) }).IsPermitted);

        Verdict Ask(Facts facts) => Gate.Decide(standard, Purpose.ServiceDelivery, new GateQuestion
        {
            HasPerson = true,
            Facts = facts,
            Contract = new("profile:1", IsOfAnother: false),
            OccurredAt = now,
            Now = now,
        });
    }

    [Fact]
    public void Personalisation_rests_on_the_contract_only_where_it_is_the_feature_asked_for()
    {
        var own = Documents.Lay("\"purposes\": [{ \"purpose\": \"PERSONALISATION\", \"is_requested_feature\": true }]");

        Assert.Equal([LegalBasis.Consent], Bases(Strict, Purpose.Personalisation, ContactChannel.Unspecified, Stage.Customer));
        Assert.Equal([LegalBasis.Consent, LegalBasis.Contract], Bases(own, Purpose.Personalisation, ContactChannel.Unspecified, Stage.Customer));
    }

    [Fact]
    [Trait("Compliance", "R-026")]
    public void The_assessments_of_a_tenant_come_with_its_overlay()
    {
        var own = Documents.Lay("""
            "assessments": [{ "id": "LIA-1", "version": "2", "purpose": "FRAUD_SECURITY", "from": "2026-11-25", "until": "2027-11-25" }]
            """);

        var assessment = Assert.Single(own.Assessments);
        Assert.Equal("LIA-1@2", assessment.Reference);
        Assert.Equal(new DateTimeOffset(2027, 11, 24, 23, 0, 0, TimeSpan.Zero), assessment.Until);
        Assert.Empty(Strict.Assessments);
    }

    [Fact]
    [Trait("Compliance", "R-159")]
    public void A_longer_profiling_term_is_the_tenant_s_with_its_justification()
    {
        var own = Documents.Lay("""
            "rules": [{ "id": "IT-PRO-1", "retention_justification_id": "DPO-7", "dpia_id": "DPIA-3", "ends": [
              { "anchor": "CONSENT_END", "period": "PT0S", "kind": "MAX" }, { "anchor": "EVENT_TIME", "period": "P7Y", "kind": "MAX" }] }]
            """);

        Assert.Equal(CalendarPeriod.OfMonths(84), own.Rules.Single(rule => rule.Id == "IT-PRO-1").StatedTerm);
    }

    [Fact]
    public void The_tenant_chooses_what_the_fiscal_and_the_marketing_terms_count_from()
    {
        var own = Documents.Lay("\"fiscal_anchor\": \"FISCAL_YEAR_END\"");

        Assert.All(own.Rules.Single(rule => rule.Id == "IT-TAX-1").Terminators, end => Assert.Equal(Anchor.FiscalYearEnd, end.Anchor));
    }

    public static TheoryData<string, string> Widenings => new()
    {
        { """ "purposes": [{ "purpose": "PROFILING", "matrix": [{ "cells": { "CUSTOMER": ["CONSENT", "LEGITIMATE_INTEREST"] } }] }] """, "LEGITIMATE_INTEREST (NOT_APPLICABLE) may not be added" },
        { """ "purposes": [{ "purpose": "DIRECT_MARKETING", "matrix": [{ "contact_channels": ["EMAIL"], "cells": { "PROSPECT": ["CONSENT", "SOFT_OPT_IN"] } }] }] """, "may not be added" },
        { """ "purposes": [{ "purpose": "DIRECT_MARKETING", "matrix": [{ "contact_channels": ["PHONE_OPERATOR"], "cells": { "LEAD": ["CONSENT"] } }] }] """, "CONSENT (CONSENT_130) may not be added" },
        { """ "purposes": [{ "purpose": "ANALYTICS", "matrix": [{ "cells": { "VISITOR": ["TECHNICAL"] } }] }] """, "may not be added" },
        { """ "purposes": [{ "purpose": "CUSTOMER_CARE", "matrix": [{ "cells": { "LEAD": ["LEGITIMATE_INTEREST"] } }] }] """, "may not be added" },
        { """ "purposes": [{ "purpose": "LOYALTY_PROGRAMME", "matrix": [{ "cells": { "LEAD": ["VITAL_INTEREST"] } }] }] """, "admissible in no cell" },
        { """ "purposes": [{ "purpose": "LOYALTY_PROGRAMME", "needs": ["fiscal.tax_code"] }] """, "fiscal.tax_code is of a category" },
        { """ "purposes": [{ "purpose": "LOYALTY_PROGRAMME", "contracts": ["LOYALTY", "PURCHASE"] }] """, "$.purposes[LOYALTY_PROGRAMME].contracts: no contract carries it but LOYALTY" },
        { """ "inactivity_cap": "P36M" """, "$.inactivity_cap: not longer than P24M" },
        { """ "register_check_validity": "P16D" """, "$.register_check_validity: not longer than P15D" },
        { """ "reask_after": "P5M" """, "$.reask_after" },
        { """ "time_zone": "UTC" """, "the calendar is that of the base" },
        { """ "children": { "age_of_consent": { "IT": 13 } } """, "no age is lower" },
        { """ "children": { "may_profile_minors": true } """, "does not let minors be profiled" },
        { """ "objection_reach": { "DIRECT_MARKETING": ["PROFILING"] } """, "an objection reaches no less" },
        { """ "objection_reach": { "DIRECT_MARKETING": ["PROFILING", "PERSONALISATION", "ORDER_FULFILMENT"] } """, "$.objection_reach.DIRECT_MARKETING: an objection does not reach ORDER_FULFILMENT" },
        { """ "objection_reach": { "DIRECT_MARKETING": ["PROFILING", "PERSONALISATION", "FRAUD_SECURITY"] } """, "an objection does not reach FRAUD_SECURITY" },
        { """ "objection_reach": { "PROFILING": ["CUSTOMER_CARE"] } """, "$.objection_reach.PROFILING: an objection does not reach CUSTOMER_CARE" },
        { """ "fields": [{ "field": "online.search_term", "free_text": false }] """, "a flag may be added but not taken away" },
        { """ "fields": [{ "field": "online.ip_address", "category": "CONTACT" }] """, "its category stays" },
        { """ "legal_rules": [{ "id": "IT-CC-2220", "fields": ["preferences.interests"] }] """, "covers no more than in the base" },
        { """ "types": [{ "name": "page.viewed", "establishes": "PURCHASE" }] """, "nothing else of it changes" },
        { """ "types": [{ "name": "score.computed", "purposes": ["PROFILING", "SERVICE_DELIVERY"] }] """, "nothing else of it changes" },
        { """ "rules": [{ "id": "IT-TAX-1", "ends": [{ "anchor": "FISCAL_ENTRY", "period": "P9Y", "kind": "MIN" }, { "anchor": "FISCAL_ENTRY", "period": "P9Y", "kind": "MAX" }] }] """, "the statutory floor of IT-TAX-1 may not go below P120M" },
        { """ "rules": [{ "id": "IT-ORD-1", "ends": [{ "anchor": "CONTRACT_END", "period": "P36M", "kind": "MAX" }] }] """, "needs retention_justification_id" },
        { """ "rules": [{ "id": "IT-MKT-1", "ends": [{ "anchor": "LAST_INTERACTION", "period": "P24M", "kind": "MAX" }] }] """, "CONSENT_END ends IT-MKT-1 at once" },
        { """ "rules": [{ "id": "OWN-1", "purpose": "ORDER_FULFILMENT", "category": "CONTACT", "action": "DELETE", "legal_reference": "own", "ends": [{ "anchor": "EVENT_TIME", "period": "P5Y", "kind": "MAX" }] }] """, "longer than IT-ORD-1" },
        { """ "rules": [{ "id": "IT-PRO-1", "retention_justification_id": "DPO-7", "ends": [{ "anchor": "CONSENT_END", "period": "PT0S", "kind": "MAX" }, { "anchor": "EVENT_TIME", "period": "P7Y", "kind": "MAX" }] }] """, "PROFILING beyond P12M" },
    };

    [Theory]
    [MemberData(nameof(Widenings))]
    [Trait("Compliance", "R-159")]
    public void An_overlay_is_wider_than_its_base_only_within_bounds(string members, string error) =>
        Assert.Contains(Documents.LayErrors(members), found => found.Contains(error, StringComparison.Ordinal));

    [Fact]
    public void An_objection_to_marketing_may_reach_all_that_is_like_marketing()
    {
        var own = Documents.Lay(""" "objection_reach": { "DIRECT_MARKETING": ["PROFILING", "PERSONALISATION", "ANALYTICS", "EMAIL_TRACKING", "THIRD_PARTY_SHARING"], "PROFILING": ["FRAUD_SECURITY"] } """);

        Assert.Equal(5, own.ObjectionReach[Purpose.DirectMarketing].Count);
    }

    [Fact]
    public void A_tenant_s_own_policy_is_always_laid_on_a_shipped_one()
    {
        var whole = Encoding.UTF8.GetBytes(Documents.Shipped().ToJsonString());

        Assert.Contains("$.extends", Assert.Throws<PolicyInvalidException>(() => PolicyRegister.LoadOverlay("own", whole)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"it-seed-strictt\"", "$.extends: 'it-seed-strictt' is none of it-seed-strict, it-standard.")]
    [InlineData("7", "$.extends: is not of this kind: a text is expected.")]
    [InlineData("null", "$.extends: null says nothing; leave it out.")]
    public void A_base_that_is_none_is_one_error_among_the_others(string extends, string error)
    {
        var json = $$"""{ "extends": {{extends}}, "profile": "own", "version": "1", "retention": {}, "quote_validity": "long" }""";

        var errors = Documents.Errors(() => PolicyRegister.LoadOverlay("own", Encoding.UTF8.GetBytes(json)));

        Assert.Single(errors, found => found == error);
        Assert.Single(errors, found => found.StartsWith("$.retention:", StringComparison.Ordinal));
        Assert.Single(errors, found => found.StartsWith("$.quote_validity:", StringComparison.Ordinal));
        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public void Who_writes_a_member_that_is_none_is_told_of_extends() =>
        Assert.Contains(Documents.LayErrors("\"retention\": {}"), error => error.StartsWith("$.retention: is no part of a policy; known here are extends, profile,", StringComparison.Ordinal));

    [Fact]
    public void Every_error_of_an_overlay_is_told_at_once_by_a_path_that_stands_in_it()
    {
        var errors = Documents.LayErrors("""
            "retention": {}, "inactivity_cap": "P36M",
            "rules": [{ "id": "IT-QUO-1", "period": "P1M", "ends": [{ "anchor": "QUOTE_EXPIRY", "period": "long", "kind": "MAX" }] }],
            "purposes": [{ "purpose": "PROFILING", "matrix": [{ "cells": { "CUSTOMER": ["CONSENTS"] } }] }]
            """);

        Assert.All(
            ["$.retention:", "$.inactivity_cap:", "$.rules[IT-QUO-1].period:", "$.rules[IT-QUO-1].ends[0].period:", "$.purposes[PROFILING].matrix[0].cells.CUSTOMER[0]:"],
            path => Assert.Contains(errors, error => error.StartsWith(path, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<LegalBasis> Bases(Policy policy, Purpose purpose, ContactChannel channel, Stage stage) =>
        [.. policy.Purposes[purpose].Rows.Single(row => row.SpeaksOf(channel)).Cells[stage].Select(admissible => admissible.Basis)];

    private static IEnumerable<AdmissibleBasis> Cells(PurposeRule rule) =>
        rule.Rows.SelectMany(row => Enum.GetValues<Stage>().Skip(1).SelectMany(stage => row.Cells[stage]));
}
