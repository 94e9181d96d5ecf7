using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>Every decision names the very document that made it: two may be called the same.</summary>
public sealed class DecidingPolicyTests : IAsyncLifetime
{
    private static readonly Policy Own = APolicy.With(APolicy.Assessed("FRAUD_SECURITY"));

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(policy: Own);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), Cancellation);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData(Purpose.Profiling, Outcome.Accepted)]
    [InlineData(Purpose.Analytics, Outcome.Denied)]
    public async Task What_became_of_an_interaction_names_it_also_where_nothing_is_stored(Purpose purpose, Outcome decided)
    {
        var outcome = await _tracker.RecordAsync(An.PageView("view", An.Ada, TestTracker.Noon, purpose));

        Assert.Equal(decided, outcome.Outcome);
        AssertOwn(outcome.PolicySha256);
    }

    [Fact]
    public async Task What_was_not_decided_names_none()
    {
        await _tracker.RecordAsync(An.Receipt("once", An.Ada));

        var again = await _tracker.RecordAsync(An.Receipt("once", An.Ada));
        var invalid = await _tracker.RecordAsync(An.Receipt("bad", An.Ada) with { Type = "order.eaten" });

        Assert.Equal([Outcome.Duplicate, Outcome.Invalid], [again.Outcome, invalid.Outcome]);
        Assert.True(again.PolicySha256.IsEmpty && invalid.PolicySha256.IsEmpty);
    }

    [Theory]
    [InlineData(Purpose.Profiling, true)]
    [InlineData(Purpose.Analytics, false)]
    public async Task What_is_answered_before_something_is_done_names_it_also_where_it_is_denied(Purpose purpose, bool isPermitted)
    {
        var question = new PermissionQuestion { Purpose = purpose };

        var one = await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), question, Cancellation);
        var many = await _tracker.Permissions.CheckAudienceAsync(_tracker.Caller, [new(null, An.Ada), new(null, An.Bob)], question, Cancellation);

        Assert.Equal((isPermitted, isPermitted, false), (one.IsPermitted, many.People[0].IsPermitted, many.People[1].IsPermitted));
        Assert.All([one.PolicySha256, many.PolicySha256, .. many.People.Select(person => person.PolicySha256)], AssertOwn);
    }

    private static void AssertOwn(ReadOnlyMemory<byte> hash)
    {
        Assert.Equal(Own.Sha256.ToArray(), hash.ToArray());
        Assert.NotEqual(APolicy.Shipped.Sha256.ToArray(), hash.ToArray());
    }
}
