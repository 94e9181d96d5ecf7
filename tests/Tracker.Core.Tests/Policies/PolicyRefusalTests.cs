using System.Text.Json.Nodes;
using Tracker.Core.Policies;

namespace Tracker.Core.Tests.Policies;

public sealed class PolicyRefusalTests
{
    private readonly JsonObject _document = Documents.Shipped();

    [Fact]
    [Trait("Compliance", "R-001")]
    public void A_field_without_a_category_is_refused()
    {
        var fields = _document["fields"]!.AsArray();
        fields.Remove(fields.Single(field => (string?)field!["field"] == "online.ip_address"));

        AssertRefused("$.fields:", "uncategorised field online.ip_address");
    }

    [Fact]
    [Trait("Compliance", "R-011")]
    public void A_rule_without_any_end_is_refused()
    {
        _document.Rule("IT-TAX-1")["ends"]!.AsArray().RemoveAt(1);

        AssertRefused("$.rules[IT-TAX-1].ends:", "a MIN alone is none");
    }

    [Theory]
    [InlineData("VITAL_INTEREST")]
    [InlineData("PUBLIC_TASK")]
    [Trait("Compliance", "R-025")]
    public void Vital_interest_and_public_task_are_refused_in_any_cell(string basis)
    {
        _document.Purpose("ANALYTICS")["matrix"]![0]!["cells"]!["LEAD"]!.AsArray().Add(basis);

        AssertRefused("$.purposes[ANALYTICS].matrix[0].cells.LEAD[1]:", "admissible in no cell");
    }

    [Theory]
    [InlineData(null, "LOYALTY_PROGRAMME", "$.purposes[LOYALTY_PROGRAMME].contracts:", "say which contracts the purpose is necessary for, of NAMED")]
    [InlineData("[]", "SERVICE_DELIVERY", "$.purposes[SERVICE_DELIVERY].contracts:", "(GDPR Art. 6(1)(b))")]
    [InlineData("""["CARD"]""", "LOYALTY_PROGRAMME", "$.purposes[LOYALTY_PROGRAMME].contracts[0]:", "'CARD' is none of NAMED, PURCHASE, CONTINUING, ACCOUNT, LOYALTY")]
    [InlineData("""["LOYALTY", "LOYALTY"]""", "LOYALTY_PROGRAMME", "$.purposes[LOYALTY_PROGRAMME].contracts:", "'LOYALTY' stands twice")]
    [Trait("Compliance", "R-022")]
    public void A_purpose_on_contract_names_the_contracts_it_is_necessary_for(string? contracts, string purpose, string path, string what)
    {
        _document.Purpose(purpose).Remove("contracts");
        if (contracts is not null)
        {
            _document.Purpose(purpose)["contracts"] = JsonNode.Parse(contracts);
        }

        AssertRefused(path, what);
    }

    [Theory]
    [InlineData("LOYALTY_JOINED")]
    [InlineData("LOYALTY_CARD_SHOWN")]
    [InlineData("ACCOUNT_USED")]
    [InlineData("QUOTE_REQUESTED")]
    [Trait("Compliance", "R-023")]
    public void What_only_the_person_can_do_is_established_by_no_act_of_ours(string fact)
    {
        _document["types"]!.AsArray().Single(entry => (string?)entry!["name"] == "email.sent")!["establishes"] = fact;

        AssertRefused("$.types[email.sent].establishes:", "only the person (initiator SUBJECT)");
    }

    [Fact]
    [Trait("Compliance", "R-039")]
    public void A_service_owed_by_contract_may_not_depend_on_a_consent()
    {
        _document.Purpose("ORDER_FULFILMENT")["matrix"]![0]!["requires_consent"] = new JsonArray("PROFILING");

        AssertRefused("$.purposes[ORDER_FULFILMENT].matrix[0].requires_consent:", "GDPR Art. 7(4)");
    }

    [Fact]
    [Trait("Compliance", "R-065")]
    public void A_rule_longer_than_the_notice_states_is_refused()
    {
        _document["notice_retention"]!["DIRECT_MARKETING"] = "P12M";

        AssertRefused("", "keeps DIRECT_MARKETING longer than P12M");
    }

    [Fact]
    [Trait("Compliance", "R-065")]
    public void Rules_as_long_as_the_notice_states_are_read()
    {
        _document["notice_retention"] = new JsonObject { ["PROFILING"] = "P12M", ["ACCOUNTING_TAX"] = "P10Y", ["ORDER_FULFILMENT"] = "P26M" };

        Assert.Equal(3, Documents.Read(_document).NoticeRetention.Count);
    }

    [Theory]
    [InlineData("IT-PRO-1", "P7Y", "PROFILING beyond P12M")]
    [InlineData("IT-PRO-1", "P366D", "PROFILING beyond P12M")]
    [InlineData("IT-PER-1", "P13M", "PERSONALISATION beyond P12M")]
    [InlineData("IT-MKT-2", "P25M", "DIRECT_MARKETING beyond P24M")]
    [Trait("Compliance", "R-158")]
    [Trait("Compliance", "R-159")]
    public void A_term_beyond_the_authority_s_cap_needs_a_justification_and_an_assessment(string rule, string period, string error)
    {
        _document.Rule(rule)["ends"]!.AsArray()[^1]!["period"] = period;
        AssertRefused("", error);
        _document.Rule(rule)["retention_justification_id"] = "DPO-7";
        AssertRefused("", error);

        _document.Rule(rule)["dpia_id"] = "DPIA-3";

        Assert.Equal("DPO-7", Documents.Read(_document).Rules.Single(read => read.Id == rule).JustificationId);
    }

    [Fact]
    public void A_cell_that_is_missing_is_refused()
    {
        _document.Purpose("PROFILING")["matrix"]![0]!["cells"]!.AsObject().Remove("FORMER");

        AssertRefused("$.purposes[PROFILING].matrix[0].cells:", "the cell of FORMER is missing");
    }

    [Fact]
    public void A_purpose_that_is_missing_is_refused()
    {
        _document["purposes"]!.AsArray().Remove(_document.Purpose("SUPPRESSION"));

        AssertRefused("$.purposes:", "SUPPRESSION is missing");
    }

    [Fact]
    public void A_basis_that_no_rule_ends_is_refused()
    {
        _document["rules"]!.AsArray().Remove(_document.Rule("IT-LI-1"));

        AssertRefused("$.rules:", "no retention rule for DIRECT_MARKETING on LEGITIMATE_INTEREST");
    }

    [Fact]
    public void A_rule_for_any_purpose_is_one_of_an_interest()
    {
        _document.Rule("IT-LI-1")["basis"] = "CONSENT";

        AssertRefused("", "ANY is for a rule on LEGITIMATE_INTEREST only");
    }

    [Theory]
    [InlineData("2026-11-25", "", "without an end is refused")]
    [InlineData("2026-11-25", "2026-11-25", "must be after from")]
    [InlineData("tomorrow", "2027-11-25", "is no day")]
    [Trait("Compliance", "R-026")]
    public void An_assessment_without_a_beginning_and_an_end_is_refused(string from, string until, string error)
    {
        _document["assessments"]!.AsArray().Add(new JsonObject { ["id"] = "LIA-1", ["version"] = "1", ["purpose"] = "FRAUD_SECURITY", ["from"] = from, ["until"] = until });

        AssertRefused("$.assessments[LIA-1]", error);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_special_category_that_a_purpose_needs_asks_for_a_consent_or_a_condition()
    {
        _document["fields"]!.AsArray().Single(field => (string?)field!["field"] == "commerce.total")!["special_category"] = true;

        AssertRefused("$.purposes[LOYALTY_PROGRAMME].needs:", "LOYALTY_PROGRAMME needs commerce.total, a special category");
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_condition_for_some_categories_shows_no_field_that_may_be_of_any()
    {
        _document["fields"]!.AsArray().Single(field => (string?)field!["field"] == "contact.delivery_note")!["special_category"] = true;

        AssertRefused("$.purposes[ORDER_FULFILMENT].needs:", "ORDER_FULFILMENT needs contact.delivery_note, a special category");
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void No_recorded_condition_shows_special_categories_to_profiling()
    {
        _document["special_categories"]![0]!["purpose"] = "PROFILING";

        AssertRefused("$.special_categories[0].purpose:", "only an explicit consent");
    }

    [Theory]
    [Trait("Compliance", "R-046")]
    [InlineData("[]", "$.special_categories[0].categories:", "at least one category of GDPR Art. 9(1)")]
    [InlineData("""["HEALTH", "SHOES"]""", "$.special_categories[0].categories[1]:", "'SHOES' is none of HEALTH")]
    [InlineData("""["HEALTH", "HEALTH"]""", "$.special_categories[0].categories:", "HEALTH")]
    [InlineData("""["CRIMINAL_OFFENCE"]""", "$.special_categories[0].categories[0]:", "none of GDPR Art. 9(1)")]
    public void A_condition_names_the_special_categories_that_it_covers(string categories, string path, string what)
    {
        _document["special_categories"]![0]!["categories"] = JsonNode.Parse(categories);

        AssertRefused(path, what);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public void A_condition_that_says_nothing_of_categories_is_refused()
    {
        _document["special_categories"]![0]!.AsObject().Remove("categories");

        AssertRefused("$.special_categories[0].categories:", "at least one category");
    }

    [Fact]
    [Trait("Compliance", "R-047")]
    public void Criminal_offences_are_needed_by_no_purpose()
    {
        _document["fields"]!.AsArray().Single(field => (string?)field!["field"] == "financial.unpaid")!["criminal"] = true;

        AssertRefused("$.purposes[CREDIT_RISK].needs:", "CREDIT_RISK needs financial.unpaid, which is about criminal offences");
    }

    [Fact]
    public void Free_text_is_not_admissible_for_profiling()
    {
        _document.Purpose("PROFILING")["needs"]!.AsArray().Add("online.search_term");

        AssertRefused("$.purposes[PROFILING].needs:", "PROFILING needs online.search_term, which is free text");
    }

    [Theory]
    [InlineData("email.sent", "moves_last_interaction")]
    [InlineData("subscription.renewed", "moves_last_interaction")]
    [Trait("Compliance", "E31")]
    public void What_we_do_ourselves_moves_no_clock(string type, string member)
    {
        _document["types"]!.AsArray().Single(entry => (string?)entry!["name"] == type)![member] = true;

        AssertRefused("", "only an act of the person");
    }

    [Theory]
    [InlineData("""{ "profile": null }""", "$.profile: null says nothing")]
    [InlineData("[]", "$: a policy is a JSON object")]
    [InlineData("""{ "profile": """, "not readable as JSON")]
    [InlineData("""{ "profile": 7 }""", "$.profile: is not of this kind: a text is expected")]
    [InlineData("""{ "rules": {} }""", "$.rules: is not of this kind: a list is expected")]
    [InlineData("""{ "profile": "a", "profile": "b" }""", "not readable as JSON")]
    public void What_is_no_policy_at_all_is_refused_and_not_a_fault(string json, string error)
    {
        var refused = Assert.Throws<PolicyInvalidException>(() => PolicyReader.Read("test", System.Text.Encoding.UTF8.GetBytes(json)));

        Assert.Contains(error, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_is_none_hides_no_other_error()
    {
        _document["retention"] = new JsonArray();
        _document["children"]!["adult_age"] = "eighteen";
        _document.Rule("IT-TAX-1")["end"] = null;
        _document.Rule("IT-PRO-1")["ends"]!.AsArray().Add("P1M");
        _document["types"]!.AsArray().Insert(0, 7);
        _document["quote_validity"] = "a while";

        var errors = Documents.Errors(_document);

        AssertStart(errors, "$.retention: is no part of a policy; known here are extends, profile");
        AssertStart(errors, "$.children.adult_age: is not of this kind: a whole number");
        AssertStart(errors, "$.rules[IT-TAX-1].end: is no part of a policy; known here are id, purpose");
        AssertStart(errors, "$.rules[IT-PRO-1].ends[2]: is not of this kind: an object");
        AssertStart(errors, "$.types[0]: is not of this kind: an object");
        AssertStart(errors, "$.quote_validity: 'a while' is no ISO 8601 period");
    }

    [Fact]
    public void An_empty_policy_is_told_everything_it_lacks()
    {
        var errors = Documents.Errors([]);

        Assert.All(["$.profile", "$.time_zone", "$.outer_cap", "$.children", "$.fields", "$.purposes"], path => Assert.Contains(errors, error => error.StartsWith(path, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("P99999Y")]
    [InlineData("P101Y")]
    public void A_period_beyond_any_life_is_refused(string period)
    {
        _document["outer_cap"] = period;

        AssertRefused("$.outer_cap:", "at most a hundred years");
    }

    private static void AssertStart(IReadOnlyList<string> errors, string start) =>
        Assert.Contains(errors, error => error.StartsWith(start, StringComparison.Ordinal));

    private void AssertRefused(string path, string error) =>
        Assert.Contains(Documents.Errors(_document), found => found.StartsWith(path, StringComparison.Ordinal) && found.Contains(error, StringComparison.Ordinal));
}
