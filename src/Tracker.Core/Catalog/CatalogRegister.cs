using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Catalog;

/// <summary>The reference data of a tenant: no identifier, no profile, no gate, but an end like everything else.</summary>
public sealed class CatalogRegister(ICatalogStore store, PageTokens pages, PolicyRegister policies, TimeProvider time)
{
    /// <summary>Stores the sound ones and names every fault of the others. A repeat stores the same again, with a later end.</summary>
    public async Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(Caller caller, IReadOnlyList<CatalogDraft> drafts, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToStored();
        var policy = policies.For(caller.Tenant);
        var expireAt = policy.Add(now, policy.OuterCap);
        var violations = drafts.Select(CatalogRules.Check).ToList();
        List<CatalogEntry> sound = [.. drafts.Where((_, i) => violations[i].IsEmpty).Select(draft => ToEntry(caller.Tenant, draft, now, expireAt))];
        await store.UpsertAsync(await store.WithTradeItemsAsync(sound, cancellation), cancellation);
        return [.. violations.Select((found, i) => new UpsertOutcome(i, found.IsEmpty ? Outcome.Accepted : Outcome.Invalid, found.Found))];
    }

    public async Task<CatalogEntry> GetAsync(Caller caller, CatalogKind kind, string id, CancellationToken cancellation)
    {
        var violations = new Violations();
        CatalogRules.CheckId(kind, id, violations);
        violations.Refuse();
        return (await store.FindAsync(caller.Tenant, kind, [id], cancellation))[0] ?? throw RefusalException.CatalogEntryNotFound();
    }

    /// <param name="pageSize">0: 50. Clamped to 500; negative is refused.</param>
    public async Task<CatalogPage> ListAsync(Caller caller, CatalogKind kind, int pageSize, string pageToken, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(pageSize >= 0, "page_size", "must not be negative");
        violations.Refuse();
        var query = $"catalog/{kind}";
        var after = pages.Read(caller.Tenant, query, pageToken) is { } position ? Encoding.UTF8.GetString(position) : null;
        var size = PageTokens.Size(pageSize);

        // One more than a page, to know whether there is a next one.
        var found = await store.ListAsync(caller.Tenant, kind, after, size + 1, cancellation);
        return found.Count <= size
            ? new CatalogPage(found, "")
            : new CatalogPage([.. found.Take(size)], pages.Write(caller.Tenant, query, Encoding.UTF8.GetBytes(found[size - 1].Id)));
    }

    private static CatalogEntry ToEntry(TenantId tenant, CatalogDraft draft, DateTimeOffset now, DateTimeOffset expireAt) => new()
    {
        Tenant = tenant,
        Kind = draft.Kind,
        Id = draft.Id,
        Name = draft.Name,
        Category = draft.Category,
        SpecialCategory = draft.SpecialCategory,
        Product = draft.Product,
        Store = draft.Store,
        Campaign = draft.Campaign,
        Attributes = draft.Attributes,
        UpdatedAt = now,
        ExpireAt = expireAt,
    };
}
