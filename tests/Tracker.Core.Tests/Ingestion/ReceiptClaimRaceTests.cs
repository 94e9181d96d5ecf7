using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>What happens between the reading of a claim and its commit.</summary>
public sealed class ReceiptClaimRaceTests : IAsyncLifetime
{
    private static readonly Identifier Number = new(IdentifierKind.Receipt, "0042-0007");

    private TestTracker _tracker = null!;
    private IngestionLoop _loop = null!;
    private Func<Task>? _between;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(isLoopRunning: false);
        _loop = new IngestionLoop(_tracker.Queue, _tracker.PipelineOn(new InterruptedStore(_tracker.Store.Records, async () =>
        {
            var between = _between;
            _between = null;
            await (between?.Invoke() ?? Task.CompletedTask);
        })));
        await _loop.StartAsync(CancellationToken.None);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(at: TestTracker.Noon) with { Identifiers = [Number] });
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        await _tracker.DisposeAsync();
    }

    [Fact]
    public async Task A_withdrawal_in_between_is_obeyed()
    {
        _between = () => _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);

        var outcome = await ClaimAsync();

        Assert.Equal([Purpose.AccountingTax, Purpose.OrderFulfilment], outcome.Grants.Select(grant => grant.Purpose));
        Assert.Contains(outcome.Denials, denial => denial.Purpose == Purpose.Profiling);
    }

    [Fact]
    public async Task Without_one_the_consent_carries()
    {
        var outcome = await ClaimAsync();

        Assert.Contains(outcome.Grants, grant => grant.Purpose == Purpose.Profiling);
    }

    [Fact]
    public async Task A_sale_that_expires_in_between_is_not_found()
    {
        var old = new Identifier(IdentifierKind.Receipt, "2016-1");
        await _tracker.RecordAsync(An.Receipt("old", at: TestTracker.Noon.AddYears(-10)) with { Identifiers = [old] });
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddHours(11).AddSeconds(-5));
        _between = () =>
        {
            _tracker.Time.Advance(TimeSpan.FromSeconds(10));
            return Task.CompletedTask;
        };

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => ClaimAsync(old));

        Assert.Null(_between);
        Assert.Equal(RefusalReason.ReceiptNotFound, refusal.Reason);
    }

    [Fact]
    public async Task A_claim_under_which_a_purpose_that_held_would_be_lost_is_denied_and_changes_nothing()
    {
        var claim = await ClaimOfBobAsync([Purpose.AccountingTax, Purpose.LegalClaims]);

        await _tracker.Pipeline.ProcessAsync(_tracker.Caller.Tenant, [claim], CancellationToken.None);

        Assert.Equal(Outcome.Denied, claim.Outcome!.Outcome);
        Assert.Empty(await _tracker.RecordsAsync(An.Bob));
        Assert.Equal(Outcome.Accepted, (await ClaimAsync()).Outcome);
    }

    [Fact]
    public async Task A_sale_that_somebody_else_claims_in_between_is_theirs()
    {
        _between = async () => await _tracker.Pipeline.ProcessAsync(_tracker.Caller.Tenant, [await ClaimOfBobAsync([Purpose.AccountingTax])], CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => ClaimAsync());

        Assert.Equal(RefusalReason.ReceiptNotFound, refusal.Reason);
        Assert.NotEmpty(await _tracker.RecordsAsync(An.Bob));
        Assert.Empty(await _tracker.RecordsAsync(An.Ada));
    }

    private async Task<PendingInteraction> ClaimOfBobAsync(IReadOnlyList<Purpose> held)
    {
        var (sound, _) = _tracker.Rules.Judge(_tracker.Caller, An.Receipt(at: TestTracker.Noon) with { Identifiers = [An.Bob] }, TestTracker.Noon);
        var records = await _tracker.Store.Profiles.FindAsync(_tracker.Caller.Tenant, sound!.Key, CancellationToken.None);
        var grants = held.Select(purpose => records[0].Grants[0] with { Purpose = purpose });
        return new PendingInteraction(sound with { Replaces = new(records[0].Batch, [.. records[0].Identifiers], [.. grants], Convert.ToHexStringLower(records[0].Decision.PolicySha256.Span)) });
    }

    private Task<InteractionOutcome> ClaimAsync(Identifier? number = null) => _tracker.Claims.ClaimAsync(
        _tracker.Caller with { DefaultPurposes = new Dictionary<string, IReadOnlyList<Purpose>> { ["purchase.completed"] = [Purpose.OrderFulfilment, Purpose.Profiling] } },
        new() { Receipt = number ?? Number, Identifiers = [An.Ada], ClaimedAt = _tracker.Time.GetUtcNow() },
        CancellationToken.None);

    private sealed class InterruptedStore(IRecordStore inner, Func<Task> interruption) : IRecordStore
    {
        public int CommitsAtATime => inner.CommitsAtATime;

        public int MinPartSize => inner.MinPartSize;

        public Task<IReadOnlyList<bool>> ExistAsync(TenantId tenant, IReadOnlyList<InteractionKey> keys, CancellationToken cancellation) => inner.ExistAsync(tenant, keys, cancellation);

        public Task<IReadOnlyList<ContactDocument?>> ReadContactsAsync(TenantId tenant, IReadOnlyList<ProfileId> profiles, CancellationToken cancellation) =>
            inner.ReadContactsAsync(tenant, profiles, cancellation);

        public async Task<IReadOnlyList<CommitAnswer>> CommitAsync(MicroBatch batch, CancellationToken cancellation)
        {
            await interruption();
            return await inner.CommitAsync(batch, cancellation);
        }
    }
}
