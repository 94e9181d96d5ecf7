using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>
/// Reviews what is of nobody, sales without a name and counted visits, under a policy or a catalogue that has changed (E19, E35): as what is of
/// somebody who never decided anything. Cut off in the middle it begins again: ends only move earlier.
/// </summary>
public sealed class UnownedReviewer(
    HoldingsReader reader,
    IReviewStore reviews,
    IErrandStore errands,
    DataKeys dataKeys,
    PolicyRegister policies,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time)
{
    /// <param name="due">Taken away with the last of it.</param>
    /// <param name="fence">Null: a call asks for it, whoever works in the background.</param>
    public async Task ReviewAsync(TenantId tenant, IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation)
    {
        var held = ProfileHoldings.OfNobody(tenant);
        var decidedBefore = await reader.FindProductsDecidedBeforeAsync(tenant, cancellation);
        await foreach (var chunk in reader.ReadRecordsAsync(tenant, ProfileId.None, options.Value.ReviewChunk, cancellation))
        {
            await ReviewAsync(held, chunk, decidedBefore, fence, cancellation);
        }

        await errands.RemoveAsync(due, fence, cancellation);
    }

    private async Task ReviewAsync(ProfileHoldings held, IReadOnlyList<InteractionRecord> chunk, DateTimeOffset? decidedBefore, Fence? fence, CancellationToken cancellation)
    {
        var (policy, vault) = (policies.For(held.Control.Tenant), new ProfileVault(dataKeys, keys: null));
        List<InteractionRecord> unaware = [.. chunk.Where(record => record.Decision.DecidedAt < decidedBefore || !record.Decision.PolicySha256.Span.SequenceEqual(policy.Sha256.Span))];
        var products = unaware.Count == 0 ? null : await reader.FindSpecialAsync(held.Control.Tenant, unaware, vault, cancellation);
        var review = new ProfileReview(held, vault, policy, new ContractEnds(policy), time.GetUtcNow());
        var draft = new RevisionDraft(held.Control, fence);
        foreach (var record in chunk)
        {
            draft.Add(record, review.Review(record, products));
        }

        if (draft.Count > 0)
        {
            await reviews.ApplyAsync(draft.TakeRecords(), cancellation);
            metrics.Reviewed(draft.Changes);
        }
    }
}
