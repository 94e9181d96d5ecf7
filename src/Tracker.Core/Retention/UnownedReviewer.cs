using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>
/// Reviews what is of nobody, sales without a name and counted visits, as what is of somebody who never decided anything. Twice is as once:
/// ends only move earlier.
/// </summary>
public sealed class UnownedReviewer(
    HoldingsReader reader,
    IReviewStore reviews,
    DataKeys dataKeys,
    PolicyRegister policies,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time)
{
    /// <param name="after">The last record that was reviewed; null: none yet.</param>
    /// <param name="limit">Records, from 1.</param>
    /// <param name="decidedBefore">What was decided before that instant may not know what the catalogue says now; null: all of it does.</param>
    /// <returns>The last record it came to; null: there is none behind it.</returns>
    /// <exception cref="LeaseLostException">Another node goes on with it; what is written is written.</exception>
    public async Task<RecordAddress?> ReviewAsync(
        TenantId tenant,
        RecordAddress? after,
        int limit,
        DateTimeOffset? decidedBefore,
        Fence? fence,
        CancellationToken cancellation)
    {
        var records = await reviews.ListRecordsAsync(tenant, ProfileId.None, after, limit, cancellation);
        foreach (var chunk in records.Chunk(options.Value.ReviewChunk))
        {
            await ReviewAsync(ProfileHoldings.OfNobody(tenant), chunk, decidedBefore, fence, cancellation);
        }

        return records.Count < limit ? null : RecordAddress.Of(records[^1]);
    }

    private async Task ReviewAsync(ProfileHoldings held, InteractionRecord[] chunk, DateTimeOffset? decidedBefore, Fence? fence, CancellationToken cancellation)
    {
        var tenant = held.Control.Tenant;
        var (policy, vault) = (policies.For(tenant), new ProfileVault(dataKeys, keys: null));
        List<InteractionRecord> unaware = [.. chunk.Where(record => record.Decision.DecidedAt < decidedBefore || !record.Decision.PolicySha256.Span.SequenceEqual(policy.Sha256.Span))];
        var products = unaware.Count == 0 ? null : await reader.FindSpecialAsync(tenant, unaware, vault, cancellation);
        var review = new ProfileReview(held, vault, policy, new ContractEnds(policy), time.GetUtcNow());
        var draft = new RevisionDraft(held.Control, fence);
        foreach (var record in chunk)
        {
            draft.Add(record, review.Review(record, products));
        }

        if (draft.Count > 0 || draft.StripAt is not null)
        {
            List<Errand> next = draft.StripAt is { } strip ? [Errand.OfNobody(tenant, strip)] : [];
            await reviews.ApplyAsync(draft.TakeRecords() with { IsPart = false, Next = next }, cancellation);
            metrics.Reviewed(draft.Changes);
        }
    }
}
