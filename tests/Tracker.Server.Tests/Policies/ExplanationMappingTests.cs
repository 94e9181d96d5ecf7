using System.Collections.Frozen;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.Server.Policies;
using Tracker.TestKit;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Policies;

public class ExplanationMappingTests
{
    [Fact]
    public void An_interaction_is_named_by_the_id_it_was_answered_with()
    {
        var key = new InteractionKey(20_000, 42);
        var request = new Wire.ExplainRecordRequest { InteractionId = key.ToString(), Purpose = Wire.Purpose.RightsHandling };

        Assert.Equal(key, request.ToCore().Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    public void What_is_no_id_is_refused_by_name(string text)
    {
        var request = new Wire.ExplainRecordRequest { InteractionId = text, Purpose = Wire.Purpose.RightsHandling };

        Assert.Equal("interaction_id", Assert.Single(Assert.Throws<RefusalException>(() => request.ToCore()).Violations).Field);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("till-7", "till-7")]
    public void A_message_is_that_of_the_source_that_is_named_or_of_the_callers_own(string named, string? expected)
    {
        var request = new Wire.ExplainRecordRequest { MessageId = "order-1", SourceId = named, Purpose = Wire.Purpose.RightsHandling };

        Assert.Equal(expected, request.ToCore().Source?.Value);
    }

    [Theory]
    [InlineData("Till")]
    [InlineData("a-source-whose-name-is-longer-than-32")]
    public void What_is_no_name_of_a_source_is_refused(string named)
    {
        var request = new Wire.ExplainRecordRequest { MessageId = "order-1", SourceId = named, Purpose = Wire.Purpose.RightsHandling };

        Assert.Equal("source_id", Assert.Single(Assert.Throws<RefusalException>(() => request.ToCore()).Violations).Field);
    }

    [Fact]
    public void A_source_beside_an_id_that_needs_none_is_refused()
    {
        var request = new Wire.ExplainRecordRequest { InteractionId = new InteractionKey(20_000, 42).ToString(), SourceId = "till", Purpose = Wire.Purpose.RightsHandling };

        Assert.Equal("source_id", Assert.Single(Assert.Throws<RefusalException>(() => request.ToCore()).Violations).Field);
    }

    [Fact]
    public void A_request_without_anything_is_told_everything_it_lacks()
    {
        var refusal = Assert.Throws<RefusalException>(() => new Wire.ExplainRecordRequest().ToCore());

        Assert.Equal(["purpose", "record"], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void What_ended_a_grant_or_moved_its_end_and_until_when_its_assessment_is_valid_are_told()
    {
        var (sha256, withdrawal) = (new string('a', 64), A.Consent(A.Ada, state: ConsentState.Withdrawn));
        var grant = A.Grant(A.Noon) with { EvidenceIds = ["LIA-1@2"], RuleId = "IT-MKT-2", EndPolicy = sha256 };
        var explained = Explain(new()
        {
            Grant = grant,
            Evidence = [],
            EndedBy = [withdrawal],
            DenialNow = Reason.ConsentWithdrawn,
            Conditions = [],
            EndPolicy = Texts("acme@2"),
        });

        Assert.Equal(("acme@2", sha256, "EVENT_TIME + P1M (MAX)"), (explained.EndPolicy.PolicyVersion, explained.EndPolicy.PolicySha256, explained.EndPolicy.RuleText));
        Assert.Equal((withdrawal.Id.ToString(), Wire.ConsentState.Withdrawn), (Assert.Single(explained.EndedBy).EvidenceId, explained.EndedBy[0].State));
        Assert.Equal(("LIA-1@2", A.InAMonth), (Assert.Single(explained.Assessments).AssessmentId, explained.Assessments[0].UntilAt.ToDateTimeOffset()));
        Assert.Null(explained.Contract);
    }

    [Fact]
    public void Of_a_later_policy_that_is_not_known_any_more_the_hash_is_told()
    {
        var sha256 = new string('b', 64);

        var explained = Explain(new() { Grant = A.Grant(A.Noon) with { EndPolicy = sha256 }, Evidence = [], EndedBy = [], DenialNow = Reason.None, Conditions = [] });

        Assert.Equal(("", sha256, ""), (explained.EndPolicy.PolicyVersion, explained.EndPolicy.PolicySha256, explained.EndPolicy.RuleText));
    }

    private static Wire.GrantExplanation Explain(ExplainedGrant grant) =>
        Assert.Single(Assert.Single(new RecordExplanation([new(A.Record(1) with { Grants = [grant.Grant] }, Texts("acme@1"), [grant])]).ToWire().Records).GrantExplanations);

    private static PolicyTexts Texts(string version) => new(
        version,
        FrozenDictionary<string, string>.Empty,
        new Dictionary<string, string> { ["IT-MKT-2"] = "EVENT_TIME + P1M (MAX)" }.ToFrozenDictionary(),
        new Dictionary<string, Validity> { ["LIA-1@2"] = new(A.Noon, A.InAMonth) }.ToFrozenDictionary(),
        [],
        IsExact: true);
}
