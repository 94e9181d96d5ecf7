using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class LegalHoldTests : IAsyncLifetime
{
    private static readonly DateTimeOffset FiscalEnd = new(2036, 11, 23, 23, 0, 0, TimeSpan.Zero);

    private TestTracker _tracker = null!;
    private ProfileId _ada;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        _ada = (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None)).Profile;
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-161")]
    public async Task An_open_assessment_keeps_the_fiscal_record_beyond_its_ten_years_and_nothing_else_with_it()
    {
        await PlaceAsync(Assessment());

        await _tracker.AdvanceToAsync(FiscalEnd.AddYears(2));

        Assert.Equal(RetentionClass.Fiscal, Assert.Single(await _tracker.RecordsAsync(An.Ada)).Class);
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items);
    }

    [Fact]
    public async Task A_hold_is_no_basis_for_any_other_use()
    {
        await PlaceAsync(Assessment() with { Kind = HoldKind.Litigation, Classes = RetentionClasses.Of([RetentionClass.Order, RetentionClass.Fiscal]) });

        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items);
        Assert.All(await _tracker.RecordsAsync(An.Ada), record => Assert.True(record is { IsRestricted: true, ExpireAt: null }));
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task What_arrives_after_the_hold_is_held_as_it_is_written()
    {
        await PlaceAsync(Assessment());

        await _tracker.RecordAsync(An.Receipt("later", An.Ada));

        Assert.All((await _tracker.RecordsAsync(An.Ada)).Where(record => record.Class == RetentionClass.Fiscal), record => Assert.Equal(["TAX_ASSESSMENT:2026-1"], record.Holds));
        Assert.All((await _tracker.RecordsAsync(An.Ada)).Where(record => record.Class == RetentionClass.Order), record => Assert.Empty(record.Holds));
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task What_a_later_act_finds_held_of_the_contact_stays_and_goes_with_the_release()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.RecordAsync(An.Newsletter() with { Content = new() { Preferences = new() { Education = "PhD" } } });
        var placed = await PlaceAsync(Assessment() with { Kind = HoldKind.Litigation, Classes = default(RetentionClasses).With(RetentionClass.Contact) });
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.ReviewAsync(An.Ada);

        await _tracker.RecordAsync(An.Newsletter("account") with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = new() { Phone = "+39061234567" } } });
        var held = await ReadContactAsync();
        await _tracker.Holds.ReleaseAsync(_tracker.Caller, placed.Hold.Id, CancellationToken.None);
        var released = await ReadContactAsync();

        Assert.Equal(("PhD", "+39061234567"), (held.Content.Preferences?.Education, held.Content.Contact?.Phone));
        Assert.Empty(held.KeptFor["preferences.education"]);
        Assert.Equal((null, "+39061234567"), (released.Content.Preferences?.Education, released.Content.Contact?.Phone));
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task A_hold_hides_from_the_instant_the_profile_is_told_of_it()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(_ada, null), CancellationToken.None);

        await _tracker.Store.Reviews.ChangeHoldsAsync(
            control.Tenant, _ada, control.ConsentEpoch, [new("ART18:1", default(RetentionClasses).With(RetentionClass.Order))], isRestricted: false, [], CancellationToken.None);

        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items);
    }

    [Fact]
    [Trait("Compliance", "E21")]
    public async Task A_hold_tells_what_it_has_got_and_what_was_not_there_any_more()
    {
        await _tracker.RecordAsync(An.Receipt("second", An.Ada));
        var placed = await PlaceAsync(Assessment() with { Profiles = [_ada, A.Bea] });

        Assert.Equal((2, 2, 0), (placed.Selected, placed.Held, placed.Disappeared));
        Assert.Equal([A.Bea], placed.Missing);
    }

    [Fact]
    [Trait("Compliance", "E22")]
    public async Task What_is_past_its_original_end_goes_with_the_release_of_its_hold()
    {
        var placed = await PlaceAsync(Assessment());
        await _tracker.AdvanceToAsync(FiscalEnd.AddYears(1));

        await _tracker.Holds.ReleaseAsync(_tracker.Caller, placed.Hold.Id, CancellationToken.None);
        await _tracker.AdvanceToAsync(FiscalEnd.AddYears(1));

        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(_ada, null), CancellationToken.None));
        Assert.Empty(await _tracker.Store.Reviews.ListRecordsAsync(_tracker.Caller.Tenant, _ada, null, 10, CancellationToken.None));
    }

    [Fact]
    [Trait("Compliance", "E22")]
    public async Task What_is_not_past_its_end_gets_its_original_end_back()
    {
        var before = (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Fiscal);
        var placed = await PlaceAsync(Assessment());
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(3));

        var released = await _tracker.Holds.ReleaseAsync(_tracker.Caller, placed.Hold.Id, CancellationToken.None);

        var after = Assert.Single(await _tracker.RecordsAsync(An.Ada));
        Assert.Equal((before.ExpireAt, false), (after.ExpireAt, after.IsRestricted));
        Assert.Equal(TestTracker.Noon.AddYears(8), released.ExpireAt);
    }

    [Fact]
    [Trait("Compliance", "E23")]
    public async Task Of_two_holds_the_last_one_keeps_it()
    {
        var first = await PlaceAsync(Assessment());
        var second = await PlaceAsync(Assessment() with { Id = "2026-2" });

        await _tracker.Holds.ReleaseAsync(_tracker.Caller, first.Hold.Id, CancellationToken.None);
        var held = (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Fiscal);
        await _tracker.Holds.ReleaseAsync(_tracker.Caller, second.Hold.Id, CancellationToken.None);
        var free = (await _tracker.RecordsAsync(An.Ada)).Single(record => record.Class == RetentionClass.Fiscal);

        Assert.Equal([second.Hold.Id], held.Holds);
        Assert.Null(held.ExpireAt);
        Assert.Equal(FiscalEnd, free.ExpireAt);
    }

    [Fact]
    public async Task A_hold_without_its_approval_or_with_a_review_too_far_ahead_is_refused_by_field()
    {
        var draft = Assessment() with { ApprovedBy = "", ReviewAt = TestTracker.Noon.AddMonths(13) };

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => PlaceAsync(draft));

        Assert.Equal(["approved_by", "review_at"], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Holds_are_listed_also_after_their_release()
    {
        var placed = await PlaceAsync(Assessment());
        await PlaceAsync(Assessment());
        await _tracker.Holds.ReleaseAsync(_tracker.Caller, placed.Hold.Id, CancellationToken.None);

        var hold = Assert.Single(await _tracker.Holds.ListAsync(_tracker.Caller, null, 10, CancellationToken.None));
        Assert.Equal(TestTracker.Noon, hold.ReleasedAt);
    }

    private async Task<ContactContent> ReadContactAsync() =>
        (await _tracker.Opener.OpenAsync((await _tracker.Store.Reviews.FindContactAsync(_tracker.Caller.Tenant, _ada, CancellationToken.None))!, CancellationToken.None))!;

    private LegalHoldDraft Assessment() => new()
    {
        Id = "2026-1",
        Kind = HoldKind.TaxAssessment,
        Profiles = [_ada],
        Classes = default(RetentionClasses).With(RetentionClass.Fiscal),
        ApprovedBy = "tax office",
        ReviewAt = TestTracker.Noon.AddMonths(12),
    };

    private Task<HoldPlaced> PlaceAsync(LegalHoldDraft draft) => _tracker.Holds.PlaceAsync(_tracker.Caller, draft, CancellationToken.None);
}
