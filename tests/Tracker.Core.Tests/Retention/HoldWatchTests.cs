using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class HoldWatchTests : IAsyncLifetime
{
    private readonly NoMeters _meters = new();
    private TestTracker _tracker = null!;
    private HoldWatch _watch = null!;
    private LegalHoldDraft _case = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        _watch = new(_tracker.Store.LegalHolds, _tracker.Policies, new(_meters), _tracker.Time, NullLogger<HoldWatch>.Instance);
        _case = new()
        {
            Id = "2026-1",
            Kind = HoldKind.Litigation,
            Profiles = [(await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None)).Profile],
            Classes = default(RetentionClasses).With(RetentionClass.Fiscal),
            ApprovedBy = "LEGAL-7",
            ReviewAt = TestTracker.Noon.AddMonths(6),
        };
        await _tracker.Holds.PlaceAsync(_tracker.Caller, _case, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        _meters.Dispose();
        await _tracker.DisposeAsync();
    }

    [Fact]
    public async Task A_hold_past_its_day_of_review_is_told_and_still_holds()
    {
        var before = await _watch.LookAsync(CancellationToken.None);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(6));

        Assert.Equal((0, 1), (before, await _watch.LookAsync(CancellationToken.None)));
        Assert.Single((await _tracker.Store.LegalHolds.ListAsync(_tracker.Caller.Tenant, null, 10, CancellationToken.None)), hold => hold.ExpireAt is null);
    }

    [Fact]
    public async Task Asked_for_again_it_is_confirmed_until_its_new_day()
    {
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(6));
        var placed = await _tracker.Holds.PlaceAsync(_tracker.Caller, _case with { ReviewAt = TestTracker.Noon.AddMonths(18), ApprovedBy = "LEGAL-8" }, CancellationToken.None);

        Assert.Equal((TestTracker.Noon, TestTracker.Noon.AddMonths(18), "LEGAL-8"), (placed.Hold.PlacedAt, placed.Hold.ReviewAt, placed.Hold.ApprovedBy));
        Assert.Equal(0, await _watch.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_released_hold_needs_no_review()
    {
        await _tracker.Holds.ReleaseAsync(_tracker.Caller, "LITIGATION:2026-1", CancellationToken.None);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(6));

        Assert.Equal(0, await _watch.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_look_that_met_an_outage_is_taken_again_in_minutes_and_not_tomorrow()
    {
        var log = new FakeLogCollector();
        var holds = new AwayOnce(_tracker.Store.LegalHolds);
        using var watch = new HoldWatch(holds, _tracker.Policies, new(_meters), _tracker.Time, new FakeLogger<HoldWatch>(log));
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(6));

        await watch.StartAsync(TestContext.Current.CancellationToken);
        await holds.Refused;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!holds.Served.IsCompleted)
        {
            _tracker.Time.Advance(TimeSpan.FromMinutes(1));
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await watch.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(_tracker.Time.GetUtcNow() < TestTracker.Noon.AddMonths(6).AddHours(23));
        Assert.DoesNotContain(log.GetSnapshot(), line => line.Id.Id == 3006);
    }

    [Theory]
    [InlineData(HoldKind.Litigation, Purpose.LegalClaims)]
    [InlineData(HoldKind.TaxAssessment, Purpose.AccountingTax)]
    [InlineData(HoldKind.Art18, Purpose.RightsHandling)]
    [InlineData(HoldKind.Authority, Purpose.RightsHandling)]
    [InlineData(HoldKind.Unspecified, Purpose.RightsHandling)]
    public void A_hold_permits_only_what_it_was_placed_for(HoldKind kind, Purpose purpose) => Assert.Equal(purpose, HoldPurposes.Of(kind));

    [Theory]
    [InlineData("LITIGATION:1", HoldKind.Litigation, "1")]
    [InlineData("TAX_ASSESSMENT:2033:17", HoldKind.TaxAssessment, "2033:17")]
    [InlineData("ART18:1", HoldKind.Art18, "1")]
    [InlineData("AUTHORITY:", HoldKind.Authority, "")]
    [InlineData("case-1", HoldKind.Unspecified, "case-1")]
    [InlineData("UNSPECIFIED:1", HoldKind.Unspecified, "UNSPECIFIED:1")]
    [InlineData("OTHER:1", HoldKind.Unspecified, "OTHER:1")]
    [InlineData(":1", HoldKind.Unspecified, ":1")]
    public void A_hold_as_documents_carry_it_is_read_and_written_again_as_it_was(string written, HoldKind kind, string id)
    {
        var name = HoldName.Read(written);

        Assert.Equal((kind, id), (name.Kind, name.Id));
        Assert.Equal(written, $"{name}");
    }

    /// <summary>Away when it is first asked.</summary>
    private sealed class AwayOnce(ILegalHoldStore holds) : ILegalHoldStore
    {
        private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Refused => _refused.Task;

        public Task Served => _served.Task;

        public Task SaveAsync(LegalHold hold, CancellationToken cancellation) => holds.SaveAsync(hold, cancellation);

        public Task<LegalHold?> FindAsync(TenantId tenant, string id, CancellationToken cancellation) => holds.FindAsync(tenant, id, cancellation);

        public Task<IReadOnlyList<LegalHold>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellation)
        {
            if (_refused.TrySetResult())
            {
                throw RefusalException.StoreAway();
            }

            _served.TrySetResult();
            return holds.ListAsync(tenant, after, limit, cancellation);
        }
    }
}
