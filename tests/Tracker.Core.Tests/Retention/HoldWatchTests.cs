using Microsoft.Extensions.Logging.Abstractions;
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
            Profiles = [(await _tracker.Lookup.GetAsync(_tracker.Caller.Tenant, new(null, An.Ada), CancellationToken.None)).Profile],
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
}
