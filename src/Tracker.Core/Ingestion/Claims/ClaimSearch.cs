using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Retention;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>What a claim is of: a sale of nobody, or one that is the claimant's already.</summary>
public sealed class ClaimSearch(
    IReceiptStore receipts,
    ClaimantSearch claimants,
    IReviewStore reviews,
    PayloadOpener opener,
    PolicyRegister policies,
    TimeProvider time)
{
    /// <summary>A number that more sales bear is none of a receipt.</summary>
    private const int MaxSales = 20;

    /// <summary>Of each profile of the claimant, the newest first: a repeat comes soon.</summary>
    private const int MaxRecords = 10_000;

    private const int PageSize = 500;

    /// <returns>Null: there is none, or which one is meant cannot be told.</returns>
    public async Task<FoundSale?> FindAsync(Claim claim, CancellationToken cancellation)
    {
        if (claim.Receipt is not { } receipt)
        {
            return null;
        }

        var links = await receipts.FindAsync(claim.Caller.Tenant, [.. receipt.UnderAnyKey()], MaxSales + 1, cancellation);
        if (links.Count > MaxSales)
        {
            return null;
        }

        List<FoundSale> agreeing = [];
        foreach (var link in links)
        {
            if (await OpenAsync(claim, link, cancellation) is { } sale)
            {
                agreeing.Add(sale);
            }
        }

        return agreeing is [var only] ? only : null;
    }

    /// <returns>The sale of that receipt that the claimant has already, under whichever profile of theirs; null: none.</returns>
    /// <exception cref="RefusalException">The identifiers are of several people.</exception>
    public async Task<InteractionKey?> FindOwnAsync(Claim claim, CancellationToken cancellation)
    {
        foreach (var profile in await claimants.FindAsync(claim, cancellation))
        {
            if (claim.Receipt is { } receipt && await FindOwnAsync(claim, receipt, profile, cancellation) is { } own)
            {
                return own;
            }
        }

        return null;
    }

    private async Task<InteractionKey?> FindOwnAsync(Claim claim, IdentifierHash receipt, ProfileId profile, CancellationToken cancellation)
    {
        RecordAddress? after = null;
        for (var read = 0; read < MaxRecords; read += PageSize)
        {
            var page = await reviews.ListRecordsAsync(claim.Caller.Tenant, profile, after, PageSize, cancellation);
            List<InteractionRecord> named = [.. page.Where(record => IsSale(record) && record.Identifiers.Any(receipt.IsOfSame))];
            var contents = await opener.OpenAsync(named, cancellation);
            var own = named.Zip(contents).Where(pair => pair.Second is { } content && Agrees(claim, pair.First, content)).Select(pair => (InteractionKey?)pair.First.Key).FirstOrDefault();
            if (own is not null || page.Count < PageSize)
            {
                return own;
            }

            after = RecordAddress.Of(page[^1]);
        }

        return null;
    }

    /// <summary>A return, or a question about a sale, names the receipt of the sale too.</summary>
    private bool IsSale(InteractionRecord record) => policies.For(record.Tenant).Types.GetValueOrDefault(record.Type)?.Fact == FactKind.Purchase;

    private async Task<FoundSale?> OpenAsync(Claim claim, ReceiptLink link, CancellationToken cancellation)
    {
        var records = await receipts.ReadAsync(link.Tenant, link.Interaction, cancellation);
        var now = time.GetUtcNow();

        // Where a right has ended, fields that were kept for it alone may still be stored, and must not come to life for another.
        if (records.Count == 0
            || records.Any(record => !record.Profile.IsNone || record.Grants.Any(grant => grant.Until <= now))
            || !policies.For(link.Tenant).Types.TryGetValue(records[0].Type, out var type))
        {
            return null;
        }

        List<SealedContent> contents = [.. (await opener.OpenAsync(records, cancellation)).OfType<SealedContent>()];
        if (contents.Count < records.Count)
        {
            return null;
        }

        var (content, policy) = (ContentUnion.Of(contents), policies.For(link.Tenant));
        var ends = new GrantEnds(policy, Facts.None, PermissionHistory.None, age: null) { AsOf = now };
        if (records.Any(record => HasEnded(record, content, policy, ends, now)))
        {
            return null;
        }

        content = ContentUnion.Of([.. records.Zip(contents, (record, kept) => kept with { Content = kept.Content.Keep(ends.FieldsOf(record.Grants)) })]);
        IdentifierHash[] numbers = [.. records.SelectMany(record => record.Identifiers).Where(identifier => identifier.Kind == IdentifierKind.Receipt).Append(link.Receipt).Distinct()];
        var sale = new AnonymousSale(records[0].Batch, numbers, [.. records.SelectMany(record => record.Grants)], Convert.ToHexStringLower(records[0].Decision.PolicySha256.Span));
        return Agrees(claim, records[0], content) ? new(sale, records, content, type) : null;
    }

    /// <summary>A rule in force hides at once what it has ended, before that is rewritten (E19).</summary>
    private static bool HasEnded(InteractionRecord record, SealedContent content, Policy policy, GrantEnds ends, DateTimeOffset now)
    {
        var anchors = RecordAnchors.Of(record, policy, Facts.None, RecordAnchors.FiscalEntry(content.Content, record.OccurredAt, policy), endedAt: null);
        return record.Grants.Any(grant => ends.EndOf(grant, DataCategory.CommercialProfiling, anchors) <= now);
    }

    private bool Agrees(Claim claim, InteractionRecord record, SealedContent content) => claim.Agrees(
        content,
        record.OccurredAt,
        RecordAnchors.FiscalEntry(content.Content, record.OccurredAt, policies.For(record.Tenant)));
}
