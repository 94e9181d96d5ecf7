using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Server.Ingestion;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Ingestion;

public class OutcomeMappingTests
{
    private static readonly InteractionOutcome Invalid = new()
    {
        MessageId = "m-1",
        Outcome = Outcome.Invalid,
        Reason = Reason.InvalidInteraction,
        Violations = [new Violation("identifiers[0].value", "is required"), new Violation("", "must have at most 262144 bytes")],
    };

    [Fact]
    public void Violations_of_a_batch_have_the_path_from_the_request()
    {
        var accepted = new InteractionOutcome { MessageId = "m-0", Outcome = Outcome.Accepted };

        var result = new[] { accepted, Invalid }.ToWire().Last();

        Assert.Equal(["interactions[1].identifiers[0].value", "interactions[1]"], result.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void Violations_of_a_single_interaction_have_the_path_from_the_request() =>
        Assert.Equal("interaction.identifiers[0].value", Invalid.ToWire().Result.Violations[0].Field);

    [Fact]
    public void A_stored_interaction_is_answered_with_its_id_and_decision()
    {
        var key = new InteractionKey(20_000, UInt128.MaxValue);
        var decision = new RecordDecision(DecisionId.New(Sample.Noon), "it@1", new byte[32], 3, Stage.Customer, Sample.Noon);
        var grant = new Grant(Purpose.AccountingTax, LegalBasis.LegalObligation, EPrivacyGround.NotApplicable, ["law"], "IT-TAX-1", Sample.Noon);
        var outcome = new InteractionOutcome
        {
            MessageId = "m-1",
            Outcome = Outcome.AcceptedStripped,
            Key = key,
            Decision = decision,
            PolicyVersion = decision.PolicyVersion,
            PolicySha256 = decision.PolicySha256,
            Grants = [grant],
            Denials = [new PurposeDenial(Purpose.Profiling, Reason.ConsentMissing)],
        };

        var result = outcome.ToWire().Result;

        Assert.Equal((key.ToString(), decision.Id.ToString(), "it@1"), (result.InteractionId, result.DecisionId, result.PolicyVersion));
        Assert.Equal(new string('0', 64), result.PolicySha256);
        Assert.Equal((Wire.Purpose.AccountingTax, "IT-TAX-1"), (result.Grants[0].Purpose, result.Grants[0].RuleId));
        Assert.Equal((Wire.Purpose.Profiling, "CONSENT_MISSING"), (result.Denials[0].Purpose, result.Denials[0].Reason));
    }

    [Fact]
    public void A_denied_interaction_is_answered_with_the_policy_that_denied_it_and_no_decision()
    {
        var denied = new InteractionOutcome { MessageId = "m-1", Outcome = Outcome.Denied, Reason = Reason.NoLegalBasis, PolicyVersion = "it@1", PolicySha256 = new byte[] { 0xAB, 0x01 } };

        var result = denied.ToWire().Result;

        Assert.Equal(("it@1", "ab01", "", ""), (result.PolicyVersion, result.PolicySha256, result.DecisionId, result.InteractionId));
    }

    [Fact]
    public void Nothing_stored_is_answered_without_an_id()
    {
        var result = Invalid.ToWire().Result;

        Assert.Equal(("", "", "", "INVALID_INTERACTION"), (result.InteractionId, result.DecisionId, result.PolicySha256, result.Reason));
    }
}
