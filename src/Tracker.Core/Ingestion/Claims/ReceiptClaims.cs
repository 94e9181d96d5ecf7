using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>A sale of nobody becomes that of whoever has its receipt, decided by the gate of now like any interaction.</summary>
public sealed class ReceiptClaims(ClaimRules rules, ClaimSearch search, IngestionQueue queue, IngestionMetrics metrics, TimeProvider time)
{
    // Somebody else was faster, or it has expired; then the next look says so.
    private const int MaxAttempts = 10;

    /// <returns>What became of it; Duplicate: it is the claimant's already.</returns>
    /// <exception cref="RefusalException">Nothing that can be claimed agrees with the claim, or the call is refused as a whole.</exception>
    public async Task<InteractionOutcome> ClaimAsync(Caller caller, ClaimDraft draft, CancellationToken cancellation)
    {
        var claim = rules.Judge(caller, draft, time.GetUtcNow());
        var outcome = await DecideAsync(claim, cancellation);
        metrics.Claimed(caller, outcome?.Outcome);
        // The message id is the till's, and no answer to a number that may be guessed.
        return outcome is null ? throw RefusalException.ReceiptNotFound() : outcome with { MessageId = "" };
    }

    private async Task<InteractionOutcome?> DecideAsync(Claim claim, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var found = await search.FindAsync(claim, cancellation);

            // After it: what is gone from there meanwhile is found here. And before anything is claimed: a repeat must never meet
            // another sale of the same number.
            if (await search.FindOwnAsync(claim, cancellation) is { } own)
            {
                return new() { MessageId = "", Outcome = Outcome.Duplicate, Key = own };
            }

            if (found is null)
            {
                return null;
            }

            var pending = new PendingInteraction(rules.ToClaimants(claim, found));
            var call = new PendingCall([pending], found.Records.Sum(record => (long)record.Payload.Length));
            queue.Enter(call);
            await call.Answered;
            if (pending.Outcome is { Outcome: not Outcome.Duplicate } outcome)
            {
                return outcome;
            }
        }

        throw RefusalException.StoreUnavailable();
    }
}
