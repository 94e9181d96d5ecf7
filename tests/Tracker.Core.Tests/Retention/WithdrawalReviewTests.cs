using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class WithdrawalReviewTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, An.Ada), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task Withdrawing_profiling_hides_it_at_once_and_the_review_deletes_it_while_the_order_remains()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.Profiling] });
        await WithdrawAsync(Purpose.Profiling);

        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], (await _tracker.RecordsAsync(An.Ada)).Select(record => record.Class).Order());
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task Fields_that_only_the_withdrawn_purpose_needed_go_from_a_record_that_stays()
    {
        var view = An.PageView(by: An.Ada, purposes: [Purpose.Profiling, Purpose.Analytics]);
        await _tracker.RecordAsync(view with { Content = view.Content with { Preferences = new() { Styles = ["casual"] } } });
        await WithdrawAsync(Purpose.Profiling);

        await _tracker.ReviewAsync(An.Ada);

        var record = Assert.Single(await _tracker.RecordsAsync(An.Ada));
        var opened = (await _tracker.Opener.OpenAsync([record], CancellationToken.None))[0]!;
        Assert.Equal([Purpose.Analytics], record.Grants.Select(grant => grant.Purpose));
        Assert.Null(opened.Content.Preferences);
        Assert.NotNull(opened.Content.Online);
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task The_key_of_a_class_of_which_nothing_is_left_is_destroyed()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.Profiling] });
        await WithdrawAsync(Purpose.Profiling);

        await _tracker.ReviewAsync(An.Ada);

        var keys = await KeysAsync();
        Assert.DoesNotContain(RetentionClass.Profiling, keys);
        Assert.Contains(RetentionClass.Order, keys);
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task What_was_kept_under_another_consent_of_the_same_class_ends_with_that_one_only()
    {
        await _tracker.RecordAsync(An.PageView("both", An.Ada, null, Purpose.Profiling, Purpose.Analytics));
        await _tracker.RecordAsync(An.PageView("one", An.Ada, null, Purpose.Profiling));
        await WithdrawAsync(Purpose.Profiling);

        await _tracker.ReviewAsync(An.Ada);

        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.Analytics)).Items);
        Assert.Single(await _tracker.RecordsAsync(An.Ada));
    }

    [Fact]
    [Trait("Compliance", "E05")]
    public async Task A_new_consent_does_not_save_what_the_withdrawn_one_carried()
    {
        await _tracker.RecordAsync(An.PageView(by: An.Ada, purposes: Purpose.Profiling));
        await WithdrawAsync(Purpose.Profiling);
        await ConsentAgainAsync();

        await _tracker.ReviewAsync(An.Ada);

        Assert.Empty(await _tracker.RecordsAsync(An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task What_is_written_after_a_key_was_destroyed_is_read_again()
    {
        await _tracker.RecordAsync(An.PageView("one", An.Ada, null, Purpose.Profiling));
        await WithdrawAsync(Purpose.Profiling);
        await _tracker.ReviewAsync(An.Ada);
        await ConsentAgainAsync();

        await _tracker.RecordAsync(An.PageView("two", An.Ada, _tracker.Time.GetUtcNow(), Purpose.Profiling));

        Assert.NotNull(Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items).Content.Online?.PageUrl);
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task A_retry_of_what_lost_a_class_makes_no_key_for_it()
    {
        var order = An.Order(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.Profiling] };
        await _tracker.RecordAsync(order);
        await WithdrawAsync(Purpose.Profiling);
        await _tracker.ReviewAsync(An.Ada);
        await ConsentAgainAsync();

        var again = await _tracker.RecordAsync(order);

        Assert.Equal(Outcome.Duplicate, again.Outcome);
        Assert.DoesNotContain(RetentionClass.Profiling, await KeysAsync());
    }

    [Fact]
    [Trait("Compliance", "E05")]
    public async Task A_retry_after_a_new_consent_brings_nothing_back_that_an_objection_deleted()
    {
        var view = An.PageView(by: An.Ada, purposes: Purpose.Profiling);
        await _tracker.RecordAsync(view);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Objections.ObjectAsync(_tracker.Caller, new() { RequestId = "objection-1", Profile = new(null, An.Ada), Purpose = Purpose.Profiling }, CancellationToken.None);
        await _tracker.ReviewAsync(An.Ada);
        await ConsentAgainAsync();

        var again = await _tracker.RecordAsync(view);

        Assert.NotEqual(Outcome.Accepted, again.Outcome);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
    }

    private async Task<IReadOnlyList<RetentionClass>> KeysAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        return [.. (await _tracker.Store.Keys.ReadAsync(control.Tenant, [control.Profile], CancellationToken.None))[0]!.Keys.Keys];
    }

    private async Task ConsentAgainAsync()
    {
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow(), "again"), CancellationToken.None);
    }

    private async Task WithdrawAsync(Purpose purpose)
    {
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(purpose, An.Ada), CancellationToken.None);
    }
}
