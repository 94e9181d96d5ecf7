using Microsoft.Extensions.Options;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention.Nodes;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>
/// Reviews one profile: reads it, says in the ledger what has ended by itself, writes what the review changes in chunks, and
/// takes its errands away with the last of them. What moves meanwhile makes it begin again.
/// </summary>
public sealed class ProfileReviewer(
    HoldingsReader reader,
    IReviewStore reviews,
    IErrandStore errands,
    ConsentEnder ender,
    DataKeys dataKeys,
    PolicyRegister policies,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time)
{
    // A consent, a withdrawal moves the epoch once; twenty in a row are no race any more.
    private const int MaxAttempts = 20;

    /// <param name="fence">Null: a call asks for it, whoever works in the background.</param>
    public async Task ReviewAsync(TenantId tenant, ProfileId profile, IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await ReadAsync(tenant, profile, cancellation) is not { } held)
            {
                await errands.RemoveAsync(due, fence, cancellation);
                return;
            }

            if (await ReviewAsync(held, due, fence, cancellation))
            {
                return;
            }
        }

        throw MovesTooFast();
    }

    /// <summary>What is held, once the ledger says of everything that it has ended by itself. Each is told once, so their number is no race.</summary>
    /// <returns>Null: the profile is gone.</returns>
    private async Task<ProfileHoldings?> ReadAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation)
    {
        var stale = 0;
        while (stale < MaxAttempts)
        {
            var held = await reader.ReadAsync(tenant, profile, cancellation);
            if (held is null || await ender.EndAsync(held, new ProfileVault(dataKeys, held.Keys).OpenAge(held.Control), cancellation) is not { } told)
            {
                return held;
            }

            stale += told.Entry is null ? 1 : 0;
        }

        throw MovesTooFast();
    }

    /// <returns>False: something has moved, begin again.</returns>
    private async Task<bool> ReviewAsync(ProfileHoldings held, IReadOnlyList<Errand> due, Fence? fence, CancellationToken cancellation)
    {
        var policy = policies.For(held.Control.Tenant);
        var vault = new ProfileVault(dataKeys, held.Keys);
        var contracts = new ContractEnds(policy);
        var review = new ProfileReview(held, vault, policy, contracts, time.GetUtcNow());
        await reader.NoteAsync(contracts, held, options.Value.ReviewChunk, cancellation);

        var draft = new RevisionDraft(held.Control, fence);
        var decidedBefore = await reader.FindProductsDecidedBeforeAsync(held.Control.Tenant, cancellation);
        await foreach (var chunk in ReadRecordsAsync(held.Control, cancellation))
        {
            if (await reader.HasNewKeyAsync(held, chunk, cancellation))
            {
                return false;
            }

            // Of a product that is what it was, another policy may have other conditions.
            List<InteractionRecord> unaware = [.. chunk.Where(record => record.Decision.DecidedAt < decidedBefore || !record.Decision.PolicySha256.Span.SequenceEqual(policy.Sha256.Span))];
            var products = unaware.Count == 0 ? null : await reader.FindSpecialAsync(held.Control.Tenant, unaware, vault, cancellation);
            foreach (var record in chunk)
            {
                draft.Add(record, review.Review(record, products));
            }

            if (draft.Count >= options.Value.ReviewChunk && !await reviews.ApplyAsync(draft.TakeRecords(), cancellation))
            {
                return false;
            }
        }

        if (held.Contact is not null)
        {
            draft.Add(review.Review(held.Contact));
        }

        var isApplied = await reviews.ApplyAsync(Last(held, review, draft, due), cancellation);
        if (isApplied)
        {
            metrics.Reviewed(draft.Changes);
        }

        return isApplied;
    }

    private static ProfileRevision Last(ProfileHoldings held, ProfileReview review, RevisionDraft draft, IReadOnlyList<Errand> due)
    {
        List<DateTimeOffset> next = [.. review.NextReviews(isAnyLeft: !draft.Left.IsEmpty).Concat(draft.StripAt is { } strip ? [strip] : [])];
        return draft.TakeRecords() with
        {
            IsPart = false,
            Contact = draft.Contact,
            DeletesContact = draft.DeletesContact,
            ReadContactVersion = held.Contact?.Version ?? 0,
            OrderEnds = draft.OrderEnds,
            RestampedEntries = review.RestampLedger(isAnyLeft: !draft.Left.IsEmpty),
            EmptiedClasses = RetentionClasses.Of((held.Keys?.Keys.Keys ?? []).Where(member => member != RetentionClass.Evidence && !draft.Left.Contains(member))),
            Done = due,
            // Whichever review comes first looks for the one after it.
            Next = next.Count == 0 ? [] : [new Errand(held.Control.Tenant, held.Control.Profile, Errand.WholeHourFrom(next.Min()))],
        };
    }

    private static InvalidOperationException MovesTooFast() => new("A profile moves faster than it can be reviewed.");

    private IAsyncEnumerable<IReadOnlyList<InteractionRecord>> ReadRecordsAsync(Control control, CancellationToken cancellation) =>
        reader.ReadRecordsAsync(control.Tenant, control.Profile, options.Value.ReviewChunk, cancellation);
}
