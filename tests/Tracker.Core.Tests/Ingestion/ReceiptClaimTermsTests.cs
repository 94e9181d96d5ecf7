using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>What is kept of a claimed sale, for what and until when.</summary>
public sealed class ReceiptClaimTermsTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Every_end_is_reckoned_from_the_sale()
    {
        var sale = await _tracker.SellAsync();
        _tracker.Time.Advance(TimeSpan.FromDays(40));

        var outcome = await _tracker.ClaimAsync();

        Assert.Equal(Assert.Single(sale.Grants).Until, outcome.Grants.Single(grant => grant.Purpose == Purpose.AccountingTax).Until);
        Assert.All(await _tracker.RecordsAsync(AClaim.Card), record => Assert.Equal(TestTracker.Noon, record.OccurredAt));
    }

    [Fact]
    public async Task The_act_of_the_person_is_the_sale_and_not_the_claim()
    {
        await _tracker.RecordAsync(An.Receipt("later", AClaim.Card, TestTracker.Noon));
        await _tracker.SellAsync(at: TestTracker.Noon.AddDays(-30));
        _tracker.Time.Advance(TimeSpan.FromDays(20));

        await _tracker.ClaimAsync();

        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, AClaim.Card), CancellationToken.None);
        Assert.Equal(TestTracker.Noon.UtcDateTime.Date, control.LastInteractionAt!.Value.UtcDateTime);
    }

    [Fact]
    public async Task Of_somebody_who_is_new_the_last_act_is_the_day_of_the_sale()
    {
        await _tracker.SellAsync(at: TestTracker.Noon.AddDays(-30));

        await _tracker.ClaimAsync();

        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, AClaim.Card), CancellationToken.None);
        Assert.Equal(TestTracker.Noon.AddDays(-30).UtcDateTime.Date, control.LastInteractionAt!.Value.UtcDateTime);
    }

    [Fact]
    [Trait("Compliance", "R-012")]
    public async Task An_expired_receipt_is_not_found_and_its_link_is_deleted_with_it()
    {
        await _tracker.SellAsync();
        _tracker.Time.SetUtcNow(new DateTimeOffset(2036, 11, 23, 23, 0, 0, TimeSpan.Zero));

        await AClaim.RefusedAsync(_tracker.ClaimAsync());
        await _tracker.Sweeper.SweepAsync(CancellationToken.None);

        Assert.Empty(StoreDump.Parts.Except(["meta", "policies", "notices", "expiry"]).SelectMany(_tracker.Read));
    }

    [Fact]
    public async Task All_that_is_held_of_a_sale_in_several_classes_is_claimed_together()
    {
        await _tracker.RecordAsync(AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });

        var outcome = await _tracker.ClaimAsync();

        Assert.Equal([Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.ProductSafety], outcome.Grants.Select(grant => grant.Purpose).Order());
        Assert.Equal("7", Assert.Single((await _tracker.TimelineAsync(AClaim.Card, Purpose.AccountingTax)).Items).Content.Store?.StoreId);
        Assert.All(_tracker.Read("records"), line => Assert.DoesNotContain(ProfileId.None.ToString(), line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_class_that_has_ended_is_not_brought_back()
    {
        await _tracker.RecordAsync(AClaim.Sale() with { Purposes = [Purpose.AccountingTax, Purpose.ProductSafety] });
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddYears(10));

        var outcome = await _tracker.ClaimAsync();

        Assert.Equal([Purpose.AccountingTax], outcome.Grants.Select(grant => grant.Purpose));
    }

    [Fact]
    public async Task What_was_not_consented_to_is_not_kept_of_a_claimed_sale()
    {
        await _tracker.SellAsync();
        var caller = _tracker.Caller with
        {
            DefaultPurposes = new Dictionary<string, IReadOnlyList<Purpose>> { ["purchase.completed"] = [Purpose.OrderFulfilment, Purpose.Profiling] },
        };

        var outcome = await _tracker.Claims.ClaimAsync(caller, _tracker.Complete(new(), AClaim.Card, AClaim.Number), CancellationToken.None);

        Assert.Equal([new PurposeDenial(Purpose.Profiling, Reason.NoLegalBasis)], outcome.Denials.Select(denial => denial with { Reason = Reason.NoLegalBasis }));
        Assert.Equal([Purpose.AccountingTax, Purpose.OrderFulfilment], outcome.Grants.Select(grant => grant.Purpose));
    }

    [Fact]
    public async Task Of_a_profile_that_is_restricted_nothing_is_kept_but_what_held()
    {
        await _tracker.RecordAsync(An.Receipt("known", AClaim.Card));
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, AClaim.Card), CancellationToken.None);
        await _tracker.Store.Reviews.ChangeHoldsAsync(control.Tenant, control.Profile, control.ConsentEpoch, [], isRestricted: true, [], CancellationToken.None);
        await _tracker.SellAsync();

        var outcome = await _tracker.ClaimAsync();

        Assert.Equal([Purpose.AccountingTax], outcome.Grants.Select(grant => grant.Purpose));
        Assert.Equal(new PurposeDenial(Purpose.OrderFulfilment, Reason.Restricted), Assert.Single(outcome.Denials));
    }

    [Fact]
    [Trait("Compliance", "E39")]
    public async Task A_sale_whose_order_is_somebody_elses_is_denied_and_stays_as_it_was()
    {
        await _tracker.RecordAsync(An.Order("order-7", An.Ada));
        await _tracker.RecordAsync(AClaim.Sale() with { Content = An.Order("order-7").Content });
        var before = _tracker.Dump();

        var outcome = await _tracker.ClaimAsync();

        Assert.Equal((Outcome.Denied, Reason.ContractRefInvalid), (outcome.Outcome, outcome.Reason));
        Assert.Equal(before, _tracker.Dump());
    }

    [Fact]
    public async Task A_sale_of_which_a_right_has_ended_is_not_found_because_fields_of_that_right_may_still_be_in_it()
    {
        await _tracker.SellAsync();
        var claim = _tracker.ClaimRules.Judge(_tracker.Caller, _tracker.Complete(new(), AClaim.Card, AClaim.Number), TestTracker.Noon);

        Assert.NotNull(await _tracker.ClaimSearchOn(_tracker.Store.Receipts).FindAsync(claim, CancellationToken.None));
        Assert.Null(await _tracker.ClaimSearchOn(new EndedStore(_tracker.Store.Receipts)).FindAsync(claim, CancellationToken.None));
    }

    /// <summary>Every record has a right more, which has ended.</summary>
    private sealed class EndedStore(IReceiptStore inner) : IReceiptStore
    {
        public Task<IReadOnlyList<ReceiptLink>> FindAsync(TenantId tenant, IReadOnlyList<IdentifierHash> receipts, int limit, CancellationToken cancellation) =>
            inner.FindAsync(tenant, receipts, limit, cancellation);

        public async Task<IReadOnlyList<InteractionRecord>> ReadAsync(TenantId tenant, InteractionKey interaction, CancellationToken cancellation) =>
            [.. (await inner.ReadAsync(tenant, interaction, cancellation)).Select(record => record with { Grants = [.. record.Grants, record.Grants[0] with { Until = TestTracker.Noon }] })];
    }
}
