using Tracker.Core.Model;
using Tracker.Server.Policies;
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

    [Fact]
    public void A_request_without_anything_is_told_everything_it_lacks()
    {
        var refusal = Assert.Throws<RefusalException>(() => new Wire.ExplainRecordRequest().ToCore());

        Assert.Equal(["purpose", "record"], refusal.Violations.Select(violation => violation.Field));
    }
}
