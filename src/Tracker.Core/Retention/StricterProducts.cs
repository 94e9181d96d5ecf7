using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>
/// Products that reveal more than the catalogue said before: what is stored of them follows (E35). The other way round nothing is
/// brought back.
/// </summary>
public sealed class StricterProducts(CatalogRegister catalog, ICatalogStore store, PolicyRollout rollout)
{
    public async Task<IReadOnlyList<UpsertOutcome>> UpsertAsync(Caller caller, IReadOnlyList<CatalogDraft> drafts, CancellationToken cancellation)
    {
        // Of two with one id the later counts; a faulty one that is stricter costs a pass and changes nothing.
        var special = drafts
            .Where(draft => draft.SpecialCategory != SpecialCategory.None)
            .ToLookup(draft => draft.Id, StringComparer.Ordinal);
        List<string> ids = [.. special.Select(drafts => drafts.Key).Where(id => id.Length is > 0 and <= CatalogEntry.MaxIdLength)];
        var known = ids.Count == 0 ? [] : await store.FindAsync(caller.Tenant, CatalogKind.Product, ids, cancellation);
        if (ids.Where((id, i) => special[id].Any(draft => MayBeStricter(draft, known[i]))).Any())
        {
            await rollout.BeginForProductsAsync(caller.Tenant, cancellation);
        }

        return await catalog.UpsertAsync(caller, drafts, cancellation);
    }

    /// <summary>A condition of GDPR Art. 9(2) covers some categories and not others; nothing is stricter than an offence (Art. 10).</summary>
    private static bool MayBeStricter(CatalogDraft draft, CatalogEntry? before) =>
        (draft.SpecialCategory != before?.SpecialCategory && before?.SpecialCategory != SpecialCategory.CriminalOffence)
        || (draft.Product?.Gtin is { } gtin && gtin != before?.Product?.Gtin);
}
