using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Retention;
using Tracker.Core.Tests.Policies;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class StricterProductTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await SetAsync("tea", SpecialCategory.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E35")]
    [Trait("Compliance", "R-046")]
    public async Task A_line_that_becomes_special_is_hidden_at_once_and_rewritten_in_the_pass_that_follows()
    {
        await ConsentAsync(isExplicit: false);
        await BuyAsync("basket", "shirt", "tea");

        await SetAsync("tea", SpecialCategory.Health);
        var atOnce = await ReadAsync(Purpose.Profiling);
        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        Assert.Equal(["shirt"], atOnce);
        Assert.Equal(["shirt"], await ReadAsync(Purpose.Profiling));
        Assert.Equal(["shirt", "tea"], await ReadAsync(Purpose.AccountingTax));
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task A_record_of_nothing_else_is_hidden_and_goes_whole()
    {
        await ConsentAsync(isExplicit: false);
        await BuyAsync("basket", "tea");

        await SetAsync("tea", SpecialCategory.Health);
        var atOnce = (await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items;
        await _tracker.FollowProductsAsync();

        Assert.Empty(atOnce);
        Assert.DoesNotContain(await _tracker.RecordsAsync(An.Ada), record => record.Class == RetentionClass.Profiling);
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task What_the_lines_that_are_left_do_not_add_up_to_is_hidden_at_once_and_rewritten_in_the_pass_that_follows()
    {
        await ConsentAsync(isExplicit: false);
        await BuyAsync("basket", "shirt", "tea");

        await SetAsync("tea", SpecialCategory.Health);
        var atOnce = await TotalAsync(Purpose.Profiling);
        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        Assert.Null(atOnce);
        Assert.Null(await TotalAsync(Purpose.Profiling));
        Assert.Equal(new Money("EUR", 2), await TotalAsync(Purpose.AccountingTax));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task A_line_that_becomes_special_in_another_way_loses_the_condition_that_carried_it()
    {
        await SetAsync("tea", SpecialCategory.Health);
        await _tracker.FollowProductsAsync();
        await BuyAsync("basket", "shirt", "tea");
        var before = await ReadAsync(Purpose.OrderFulfilment);

        await SetAsync("tea", SpecialCategory.Religion);
        var atOnce = await ReadAsync(Purpose.OrderFulfilment);
        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        Assert.Equal(["shirt", "tea"], before);
        Assert.Equal(["shirt"], atOnce);
        Assert.Equal(["shirt"], await ReadAsync(Purpose.OrderFulfilment));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task What_rests_on_an_explicit_consent_stays_until_that_ends()
    {
        await ConsentAsync(isExplicit: true);
        await BuyAsync("basket", "tea");

        await SetAsync("tea", SpecialCategory.Health);
        await _tracker.FollowProductsAsync();
        var kept = await ReadAsync(Purpose.Profiling);
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);

        Assert.Equal(["tea"], kept);
        Assert.Empty(await ReadAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "R-046")]
    public async Task Of_two_consents_only_the_explicit_one_carries_it_from_then_on()
    {
        await ConsentAsync(isExplicit: false);
        await ConsentAsync(isExplicit: true);
        await BuyAsync("basket", "tea");
        var before = (await ProfiledAsync()).Grants[0].EvidenceIds.Count;

        await SetAsync("tea", SpecialCategory.Religion);
        await _tracker.FollowProductsAsync();

        Assert.Equal(2, before);
        Assert.Single((await ProfiledAsync()).Grants[0].EvidenceIds);
    }

    [Fact]
    [Trait("Compliance", "R-047")]
    public async Task A_line_that_tells_of_an_offence_is_kept_for_nothing()
    {
        await BuyAsync("basket", "shirt", "tea");

        await SetAsync("tea", SpecialCategory.CriminalOffence);
        var atOnce = await ReadAsync(Purpose.AccountingTax);
        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        Assert.Equal(["shirt"], atOnce);
        Assert.Equal(["shirt"], await ReadAsync(Purpose.AccountingTax));
    }

    [Fact]
    [Trait("Compliance", "R-047")]
    [Trait("Compliance", "R-024")]
    public async Task The_sums_of_a_document_that_the_law_requires_stay_when_a_line_tells_of_an_offence()
    {
        await ConsentAsync(isExplicit: true);
        await BuyAsync("basket", "shirt", "tea");

        await SetAsync("tea", SpecialCategory.CriminalOffence);
        var atOnce = await TotalAsync(Purpose.AccountingTax);
        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        Assert.Equal(new Money("EUR", 2), atOnce);
        Assert.Equal(new Money("EUR", 2), await TotalAsync(Purpose.AccountingTax));
        Assert.Null(await TotalAsync(Purpose.OrderFulfilment));
        Assert.Null(await TotalAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "R-047")]
    public async Task Where_another_purpose_shares_the_record_no_sum_stays_that_it_may_not_see()
    {
        await using var tracker = await TestTracker.StartAsync(policy: APolicy.With(document => document.Purpose("ORDER_FULFILMENT")["class"] = "FISCAL"));
        await BuyAsync(tracker, "basket", "shirt", "tea");

        await SetAsync(tracker, "tea", SpecialCategory.CriminalOffence);
        await tracker.FollowProductsAsync();
        await SetAsync(tracker, "tea", SpecialCategory.None);

        Assert.Null(await TotalAsync(tracker, Purpose.AccountingTax));
        Assert.Null(await TotalAsync(tracker, Purpose.OrderFulfilment));
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task What_was_decided_on_the_catalogue_as_it_was_is_caught_when_it_is_committed_after_the_change()
    {
        await ConsentAsync(isExplicit: false);
        await SetAsync("tea", SpecialCategory.Health);
        await SetAsync("tea", SpecialCategory.None);
        await BuyAsync("under way", "shirt", "tea");
        await _tracker.Store.Catalog.UpsertAsync([(await _tracker.Catalog.GetAsync(_tracker.Caller, CatalogKind.Product, "tea", CancellationToken.None)) with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);

        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        Assert.Equal(["shirt"], await ReadAsync(Purpose.Profiling));
    }

    [Fact]
    public async Task A_product_that_is_no_stricter_asks_for_no_pass()
    {
        await SetAsync("tea", SpecialCategory.Health);
        await _tracker.FollowProductsAsync();
        var before = await FindAsync();

        await SetAsync("tea", SpecialCategory.Health);
        await SetAsync("tea", SpecialCategory.None);

        Assert.Null(before!.NextAt);
        Assert.Equal((before.NextAt, before.ProductsDecidedBefore), ((await FindAsync())!.NextAt, (await FindAsync())!.ProductsDecidedBefore));
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task A_pass_under_way_is_finished_before_the_next_one_however_many_changes_wait()
    {
        await using var tracker = await TestTracker.StartAsync(retention: new() { RolloutChunk = 1 });
        await tracker.RecordAsync(An.Receipt("1", An.Ada), An.Receipt("2", An.Bob));
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);

        for (var i = 0; i < 20; i++)
        {
            await tracker.Products.UpsertAsync(tracker.Caller, [An.ProductEntry($"p{i}") with { SpecialCategory = SpecialCategory.Health }], CancellationToken.None);
            tracker.Time.Advance(TimeSpan.FromSeconds(20));
            await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        }

        var midway = await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None);
        tracker.Time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 8; i++)
        {
            await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        }

        var rollout = await tracker.Store.Rollouts.FindAsync(tracker.Caller.Tenant, CancellationToken.None);
        Assert.True(midway!.StartedAt > TestTracker.Noon);
        Assert.True(rollout is { FinishedAt: not null, NextAt: null });
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task A_line_that_becomes_special_under_a_hold_is_cut_with_the_release()
    {
        await ConsentAsync(isExplicit: false);
        await BuyAsync("basket", "shirt", "tea");
        var hold = new LegalHoldDraft { Id = "case-1", Kind = HoldKind.Litigation, Profiles = [(await ProfiledAsync()).Profile], Classes = RetentionClasses.Of([RetentionClass.Profiling]), ApprovedBy = "LEGAL-7", ReviewAt = TestTracker.Noon.AddMonths(6) };
        var placed = await _tracker.Holds.PlaceAsync(_tracker.Caller, hold, CancellationToken.None);
        await SetAsync("tea", SpecialCategory.Health);
        await _tracker.FollowProductsAsync();

        await _tracker.Holds.ReleaseAsync(_tracker.Caller, placed.Hold.Id, CancellationToken.None);
        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        Assert.Equal(["shirt"], await ReadAsync(Purpose.Profiling));
    }

    [Fact]
    [Trait("Compliance", "E35")]
    public async Task A_retry_brings_no_line_back_that_became_special()
    {
        await ConsentAsync(isExplicit: false);
        await BuyAsync("basket", "shirt", "tea");
        await SetAsync("tea", SpecialCategory.Health);
        await _tracker.FollowProductsAsync();
        await SetAsync("tea", SpecialCategory.None);

        var again = await BuyAsync("basket", "shirt", "tea");

        Assert.Equal(Outcome.Duplicate, again.Outcome);
        Assert.Equal(["shirt"], await ReadAsync(Purpose.Profiling));
    }

    private async Task<Rollout?> FindAsync() => await _tracker.Store.Rollouts.FindAsync(_tracker.Caller.Tenant, CancellationToken.None);

    private async Task<InteractionRecord> ProfiledAsync() => (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Profiling);

    private Task<IReadOnlyList<UpsertOutcome>> SetAsync(string product, SpecialCategory category) => SetAsync(_tracker, product, category);

    private static Task<IReadOnlyList<UpsertOutcome>> SetAsync(TestTracker tracker, string product, SpecialCategory category) =>
        tracker.Products.UpsertAsync(tracker.Caller, [An.ProductEntry(product) with { SpecialCategory = category }], CancellationToken.None);

    private Task<ConsentAppended> ConsentAsync(bool isExplicit) =>
        _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, id: $"profiling-{isExplicit}") with { IsExplicit = isExplicit }, CancellationToken.None);

    private Task<InteractionOutcome> BuyAsync(string id, params string[] products) => BuyAsync(_tracker, id, products);

    private static Task<InteractionOutcome> BuyAsync(TestTracker tracker, string id, params string[] products) => tracker.RecordAsync(An.Receipt(id, An.Ada, tracker.Time.GetUtcNow()) with
    {
        Purposes = [Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.Profiling],
        Content = new() { Commerce = new() { Total = new("EUR", products.Length), Lines = [.. products.Select(product => new CommerceLine { ProductId = product, Quantity = 1, Amount = new("EUR", 1) })] } },
    });

    private Task<Money?> TotalAsync(Purpose purpose) => TotalAsync(_tracker, purpose);

    private static async Task<Money?> TotalAsync(TestTracker tracker, Purpose purpose) => Assert.Single((await tracker.TimelineAsync(An.Ada, purpose)).Items).Content.Commerce!.Total;

    private async Task<IEnumerable<string?>> ReadAsync(Purpose purpose) =>
        (await _tracker.TimelineAsync(An.Ada, purpose)).Items.SelectMany(item => item.Content.Commerce?.Lines ?? []).Select(line => line.ProductId);
}
