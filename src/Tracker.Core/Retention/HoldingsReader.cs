using System.Runtime.CompilerServices;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>Reads what is held under one profile: the few documents at once, the records in chunks.</summary>
public sealed class HoldingsReader(
    IIdentityStore identities,
    IConsentStore consents,
    IKeyStore keys,
    IReviewStore reviews,
    IRolloutStore rollouts,
    IContractStore links,
    ICatalogStore catalog,
    OtherProfilesReader others)
{
    /// <returns>Null: the profile is gone.</returns>
    public async Task<ProfileHoldings?> ReadAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation)
    {
        var control = (await identities.ReadControlsAsync(tenant, [profile], cancellation))[0];
        if (control is null)
        {
            return null;
        }

        List<Control> members = control.Members.Count == 0 ? [] : [.. (await identities.ReadControlsAsync(tenant, control.Members, cancellation)).OfType<Control>()];
        return new(
            control,
            (await consents.ReadAsync(tenant, [profile], cancellation))[0],
            (await keys.ReadAsync(tenant, [profile], cancellation))[0],
            await reviews.FindContactAsync(tenant, profile, cancellation),
            await others.ReadAsync(control, cancellation))
        {
            HaveOthersMore = await HasAnythingAsync(members, cancellation),
            AreOthersIdentified = members.Exists(member => member.Facts.IdentifiedAt is not null),
        };
    }

    /// <summary>
    /// Whether a class of these records has come into being since the holdings were read. Without its key a record cannot be
    /// told from one whose key is destroyed.
    /// </summary>
    public async Task<bool> HasNewKeyAsync(ProfileHoldings held, IReadOnlyList<InteractionRecord> records, CancellationToken cancellation)
    {
        List<RetentionClass> unknown = [.. records.Select(record => record.Class).Distinct().Where(member => held.Keys?.Keys.ContainsKey(member) != true)];
        return unknown.Count > 0
            && (await keys.ReadAsync(held.Control.Tenant, [held.Control.Profile], cancellation))[0] is { } now
            && unknown.Exists(now.Keys.ContainsKey);
    }

    /// <summary>Before which instant a decision may not have known what the catalogue says now; null: every decision did.</summary>
    public async Task<DateTimeOffset?> FindProductsDecidedBeforeAsync(TenantId tenant, CancellationToken cancellation) =>
        (await rollouts.FindAsync(tenant, cancellation))?.ProductsDecidedBefore;

    /// <returns>What the catalogue says of the products in those records; records that cannot be opened name none.</returns>
    public Task<SpecialProducts> FindSpecialAsync(
        TenantId tenant,
        IEnumerable<InteractionRecord> records,
        ProfileVault vault,
        CancellationToken cancellation) =>
        catalog.FindSpecialAsync(tenant, records.Select(vault.Open).OfType<SealedContent>().Select(opened => opened.Content), cancellation);

    public async IAsyncEnumerable<IReadOnlyList<InteractionRecord>> ReadRecordsAsync(
        TenantId tenant,
        ProfileId profile,
        int chunkSize,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        RecordAddress? after = null;
        while (true)
        {
            var chunk = await reviews.ListRecordsAsync(tenant, profile, after, chunkSize, cancellation);
            if (chunk.Count > 0)
            {
                yield return chunk;
                after = RecordAddress.Of(chunk[^1]);
            }

            if (chunk.Count < chunkSize)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// When each order of the profile was over; read first, because the records that tell it may come after those it ends. What
    /// told it may have gone since, and the link of the number knows it still.
    /// </summary>
    public async Task NoteAsync(ContractEnds contracts, ProfileHoldings held, int chunkSize, CancellationToken cancellation)
    {
        var (tenant, profile) = (held.Control.Tenant, held.Control.Profile);
        // What the contact rests on may be named by no record any more.
        await NoteAsync(contracts, tenant, profile, NamedContract.In(held.Contact?.Grants ?? []).Select(named => named.Reference), cancellation);
        await foreach (var chunk in ReadRecordsAsync(tenant, profile, chunkSize, cancellation))
        {
            foreach (var record in chunk)
            {
                contracts.Note(record);
            }

            await NoteAsync(contracts, tenant, profile, chunk.SelectMany(record => record.References), cancellation);
        }
    }

    private async Task<bool> HasAnythingAsync(IEnumerable<Control> members, CancellationToken cancellation)
    {
        foreach (var member in members)
        {
            if (await reviews.FindContactAsync(member.Tenant, member.Profile, cancellation) is not null
                || (await reviews.ListRecordsAsync(member.Tenant, member.Profile, after: null, limit: 1, cancellation)).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task NoteAsync(ContractEnds contracts, TenantId tenant, ProfileId profile, IEnumerable<UInt128> references, CancellationToken cancellation)
    {
        List<UInt128> named = [.. references.Distinct()];
        contracts.Note(named.Count == 0 ? [] : await links.FindAsync(tenant, named, cancellation), profile);
    }
}
