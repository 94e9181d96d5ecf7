using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>Of two things in the way of an interaction, what the gate says is between what it is and how old it is (compliance 3.7).</summary>
public sealed class DenialOrderTests : IAsyncLifetime
{
    private static readonly DateTimeOffset LongAgo = TestTracker.Noon.AddYears(-16);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Order("order-1", An.Ada), An.Order("order-2", An.Bob));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task What_is_no_interaction_is_not_asked_for_what_it_may_be_kept()
    {
        var outcome = await _tracker.RecordAsync(Order("bad", An.Ada, TestTracker.Noon) with { Type = "order.eaten", Purposes = [Purpose.Profiling] });

        Assert.Equal((Outcome.Invalid, Reason.InvalidInteraction), (outcome.Outcome, outcome.Reason));
        Assert.Empty(outcome.Denials);
    }

    [Fact]
    public async Task A_purpose_that_the_type_does_not_have_is_told_before_a_restriction()
    {
        await RestrictAsync();

        var outcome = await _tracker.RecordAsync(Order("mismatch", An.Ada, TestTracker.Noon) with { Purposes = [Purpose.LegalClaims, Purpose.Suppression] });

        Assert.Equal(Reason.PurposeCategoryMismatch, outcome.Denials.Single(denial => denial.Purpose == Purpose.Suppression).Reason);
    }

    [Fact]
    [Trait("Compliance", "R-022")]
    public async Task A_contract_of_somebody_else_is_told_before_a_time_that_has_passed()
    {
        Assert.Equal(Reason.ContractRefInvalid, await WhyAsync(Order("stolen", An.Bob, LongAgo, of: "order-1")));
        Assert.Equal(Reason.RetentionAlreadyElapsed, await WhyAsync(Order("own", An.Bob, LongAgo, of: "order-2")));
    }

    [Fact]
    public async Task A_restriction_is_told_before_a_time_that_has_passed()
    {
        Assert.Equal(Reason.RetentionAlreadyElapsed, await WhyAsync(Order("before", An.Ada, LongAgo)));

        await RestrictAsync();

        Assert.Equal(Reason.Restricted, await WhyAsync(Order("after", An.Ada, LongAgo)));
    }

    private async Task<Reason> WhyAsync(InteractionDraft draft)
    {
        var outcome = await _tracker.RecordAsync(draft);
        Assert.Equal(Outcome.Denied, outcome.Outcome);
        return outcome.Reason;
    }

    private async Task RestrictAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        await _tracker.Store.Reviews.ChangeHoldsAsync(control.Tenant, control.Profile, control.ConsentEpoch, [], isRestricted: true, [], CancellationToken.None);
    }

    private static InteractionDraft Order(string id, Identifier by, DateTimeOffset at, string of = "order-1") =>
        An.Order(of, by, at) with { MessageId = id, Purposes = [Purpose.OrderFulfilment] };
}
