using Tracker.Core.Model;
using Tracker.Server.Ingestion;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Ingestion;

public class BatchRulesTests
{
    [Fact]
    public void A_call_without_an_interaction_is_refused_by_name() =>
        Assert.Equal("interaction", Refused(() => new Wire.RecordInteractionRequest().ToCore()).Field);

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void A_batch_of_no_or_too_many_items_is_refused_and_the_limit_named(int count)
    {
        var request = new Wire.RecordInteractionsRequest { Interactions = { Enumerable.Repeat(new Wire.Interaction(), count) } };

        var violation = Refused(() => request.ToCore());

        Assert.Equal("interactions", violation.Field);
        Assert.Contains("1,000", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_items_are_allowed()
    {
        var request = new Wire.RecordInteractionsRequest { Interactions = { Enumerable.Repeat(new Wire.Interaction(), 1_000) } };

        Assert.Equal(1_000, request.ToCore().Count);
    }

    [Fact]
    public void Counts_have_the_same_limit() =>
        Assert.Equal("counts", Refused(() => new Wire.RecordCountsRequest().ToCore()).Field);

    [Fact]
    public void A_batch_of_a_stream_is_refused_with_every_bad_field()
    {
        var request = new Wire.StreamInteractionsRequest { BatchId = new string('b', 65) };

        var refusal = Assert.Throws<RefusalException>(() => request.ToCore());

        Assert.Equal(["batch_id", "interactions"], refusal.Violations.Select(violation => violation.Field));
    }

    private static Violation Refused(Func<object> call) => Assert.Single(Assert.Throws<RefusalException>(call).Violations);
}
