using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class RestrictionTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS")));
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, An.Ada), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.LegalClaims] });
        await _tracker.RecordAsync(An.PageView(by: An.Ada, purposes: Purpose.Analytics));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-072")]
    public async Task What_is_restricted_is_read_by_consent_and_for_claims_and_for_nothing_else()
    {
        await RestrictAsync();

        Assert.Equal(
            [(Purpose.OrderFulfilment, 0), (Purpose.AccountingTax, 0), (Purpose.LegalClaims, 1), (Purpose.Analytics, 1)],
            await ReadAsync(Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.LegalClaims, Purpose.Analytics));
    }

    [Fact]
    [Trait("Compliance", "R-072")]
    public async Task What_arrives_under_a_restriction_is_stored_by_duty_and_consent_only()
    {
        await RestrictAsync();

        var order = await _tracker.RecordAsync(An.Receipt("later", An.Ada));
        var view = await _tracker.RecordAsync(An.PageView("later view", An.Ada, null, Purpose.Analytics));

        Assert.Contains(new PurposeDenial(Purpose.OrderFulfilment, Reason.Restricted), order.Denials);
        Assert.Equal([Purpose.AccountingTax], order.Grants.Select(grant => grant.Purpose));
        Assert.Equal(Outcome.Accepted, view.Outcome);
    }

    [Fact]
    [Trait("Compliance", "R-072")]
    public async Task Nothing_is_deleted_while_the_restriction_has_its_hold_and_all_of_it_after()
    {
        await RestrictAsync();
        var profile = await FindAsync();
        var placed = await _tracker.Holds.PlaceAsync(
            _tracker.Caller,
            new LegalHoldDraft
            {
                Id = "18-1",
                Kind = HoldKind.Art18,
                Profiles = [profile.Profile],
                Classes = RetentionClasses.Of([RetentionClass.Order, RetentionClass.Fiscal, RetentionClass.Claims]),
                ApprovedBy = "data protection officer",
                ReviewAt = TestTracker.Noon.AddMonths(6),
            },
            CancellationToken.None);

        await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(20));
        var held = await _tracker.RecordsAsync(An.Ada);
        var read = await ReadAsync(Purpose.OrderFulfilment, Purpose.AccountingTax);
        await _tracker.Holds.ReleaseAsync(_tracker.Caller, placed.Hold.Id, CancellationToken.None);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(20));

        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order, RetentionClass.Claims], held.Select(record => record.Class).Order());
        Assert.All(read, found => Assert.Equal(0, found.Count));
        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(profile.Profile, null), CancellationToken.None));
    }

    private async Task RestrictAsync()
    {
        var control = await FindAsync();
        Assert.True(await _tracker.Store.Reviews.ChangeHoldsAsync(control.Tenant, control.Profile, control.ConsentEpoch, control.Holds, isRestricted: true, [], CancellationToken.None));
    }

    private Task<Control> FindAsync() => _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);

    private async Task<List<(Purpose Purpose, int Count)>> ReadAsync(params Purpose[] purposes)
    {
        List<(Purpose, int)> found = [];
        foreach (var purpose in purposes)
        {
            found.Add((purpose, (await _tracker.TimelineAsync(An.Ada, purpose)).Items.Count));
        }

        return found;
    }
}
