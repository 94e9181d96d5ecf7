using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Profiles;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

/// <summary>Until when a record may be kept, as its explanation says it, whatever has reached the stored record yet.</summary>
public sealed class ExplainedEndTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task An_end_that_a_later_policy_moved_earlier_names_that_policy_beside_the_one_that_decided()
    {
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Receipt(by: An.Ada));
        await before.CloseAsync();
        var shorter = APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P6M"), document => document["version"] = "shorter");
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(1), policy: shorter, after: before);
        await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
        await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);

        var explained = (await tracker.Explainer.ExplainAsync(tracker.Caller, "receipt-1", null, Purpose.RightsHandling, CancellationToken.None)).Explained;

        var order = Assert.Single(explained.Single(record => record.Record.Class == RetentionClass.Order).Grants);
        Assert.Equal(shorter.Add(TestTracker.Noon, CalendarPeriod.OfMonths(6)), order.Grant.Until);
        Assert.Equal("it-seed-strict@shorter", order.EndPolicy!.Version);
        Assert.StartsWith("CONTRACT_END + P6M (MAX)", order.EndPolicy.Rules["IT-ORD-1"], StringComparison.Ordinal);
        Assert.Null(Assert.Single(explained.Single(record => record.Record.Class == RetentionClass.Fiscal).Grants).EndPolicy);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task A_shorter_rule_ends_a_record_in_its_explanation_before_the_record_is_rewritten()
    {
        var (placed, delivered) = (TestTracker.Noon.AddDays(-40), TestTracker.Noon.AddDays(-35));
        var before = await TestTracker.StartAsync();
        await before.RecordAsync(An.Order("order-1", An.Ada, placed), An.Order("order-1", An.Ada, delivered) with { MessageId = "delivery", Type = "order.delivered" });
        await before.CloseAsync();
        var shorter = APolicy.With(APolicy.Rule("IT-ORD-1", "CONTRACT_END", "P6M"), document => document["version"] = "shorter");
        await using var tracker = await TestTracker.StartAsync(TestTracker.Noon.AddMonths(1), policy: shorter, after: before);

        var explained = (await tracker.Explainer.ExplainAsync(tracker.Caller, "order-1", null, Purpose.RightsHandling, CancellationToken.None)).Explained
            .Single(record => record.Record.Class == RetentionClass.Order);

        var order = Assert.Single(explained.Grants);
        Assert.Equal(shorter.Add(delivered, CalendarPeriod.OfMonths(6)), order.Grant.Until);
        Assert.Equal(order.Grant.Until, explained.Record.ExpireAt);
        Assert.Equal("it-seed-strict@shorter", order.EndPolicy!.Version);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task After_a_withdrawal_the_entry_that_ended_the_consent_is_listed()
    {
        await ConsentOfBobAsync();
        var standing = Assert.Single(Assert.Single((await ExplainAsync("order-2")).Explained).Grants);
        var withdrawal = await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);

        var grant = Assert.Single(Assert.Single((await ExplainAsync("order-2")).Explained).Grants);

        Assert.Empty(standing.EndedBy);
        Assert.Equal(withdrawal.Entry!.Id, Assert.Single(grant.EndedBy).Id);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task From_the_withdrawal_on_the_end_is_that_of_the_consent_before_the_record_is_purged()
    {
        await ConsentOfBobAsync();
        _tracker.Time.Advance(TimeSpan.FromDays(3));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);
        var withdrawn = _tracker.Time.GetUtcNow();
        _tracker.Time.Advance(TimeSpan.FromSeconds(1));

        var explained = Assert.Single((await ExplainAsync("order-2")).Explained);

        Assert.Equal((withdrawn, withdrawn), (Assert.Single(explained.Grants).Grant.Until, explained.Record.ExpireAt));
        Assert.Equal("", explained.Grants[0].Grant.EndPolicy);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    public async Task What_is_kept_beside_a_withdrawn_purpose_keeps_its_own_end()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob), CancellationToken.None);
        await _tracker.RecordAsync(An.Order("order-2", An.Bob) with { Purposes = [Purpose.AccountingTax, Purpose.Profiling] });
        var before = (await ExplainAsync("order-2")).Records.Single(record => record.Class == RetentionClass.Fiscal).ExpireAt;
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);

        var after = await ExplainAsync("order-2");

        Assert.Equal(before, after.Records.Single(record => record.Class == RetentionClass.Fiscal).ExpireAt);
        Assert.Equal(TestTracker.Noon, after.Records.Single(record => record.Class != RetentionClass.Fiscal).ExpireAt);
    }

    [Fact]
    [Trait("Compliance", "R-014")]
    [Trait("Compliance", "E21")]
    public async Task What_a_hold_keeps_has_no_end_also_after_a_withdrawal()
    {
        await ConsentOfBobAsync();
        var profile = (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Bob), CancellationToken.None)).Profile;
        var kept = Assert.Single((await ExplainAsync("order-2")).Records);
        await _tracker.Holds.PlaceAsync(
            _tracker.Caller,
            new() { Id = "case-1", Kind = HoldKind.Litigation, Profiles = [profile], Classes = RetentionClasses.Of([kept.Class]), ApprovedBy = "LEGAL-7", ReviewAt = TestTracker.Noon.AddMonths(6) },
            CancellationToken.None);
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Bob), CancellationToken.None);

        var held = Assert.Single((await ExplainAsync("order-2")).Records);

        Assert.Null(held.ExpireAt);
        Assert.Equal(kept.Grants.Select(grant => grant.Until), held.Grants.Select(grant => grant.Until));
    }

    private async Task ConsentOfBobAsync()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Bob), CancellationToken.None);
        await _tracker.RecordAsync(An.Order("order-2", An.Bob) with { Purposes = [Purpose.Profiling] });
    }

    private Task<RecordExplanation> ExplainAsync(string messageId) =>
        _tracker.Explainer.ExplainAsync(_tracker.Caller, messageId, null, Purpose.RightsHandling, CancellationToken.None);
}
