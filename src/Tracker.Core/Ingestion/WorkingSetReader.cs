using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>Steps 3 and 4, the reading: one look-up each for the whole micro-batch, whatever its size.</summary>
public sealed class WorkingSetReader(
    IRecordStore records,
    IIdentityStore identities,
    IConsentStore consents,
    IKeyStore keys,
    IContractStore contracts,
    ICatalogStore catalog,
    DataKeys dataKeys,
    PolicyRegister policies,
    TimeProvider time)
{
    public async Task<WorkingSet> ReadAsync(TenantId tenant, IReadOnlyList<PendingInteraction> pending, CancellationToken cancellation)
    {
        List<InteractionKey> interactionKeys = [.. pending.Select(item => item.Interaction.Key).Distinct()];
        List<IdentifierHash> identifiers = [.. pending
            .SelectMany(item => item.Interaction.Identifiers)
            .Where(identifier => identifier.Kind.LeadsToAProfile())
            .Distinct()];
        var stored = await records.ExistAsync(tenant, interactionKeys, cancellation);
        var found = await identities.FindAsync(tenant, identifiers, cancellation);
        var profiles = await ReadProfilesAsync(tenant, [.. found.OfType<ProfileId>().Distinct()], cancellation);
        var links = new Dictionary<IdentifierHash, ProfileId>();
        for (var i = 0; i < identifiers.Count; i++)
        {
            // What an identifier says is confirmed by the control it leads to; without one it leads nowhere.
            if (found[i] is { } profile && profiles.ContainsKey(profile))
            {
                links[identifiers[i]] = profile;
            }
        }

        return new WorkingSet(
            interactionKeys.Where((_, i) => stored[i]).ToHashSet(),
            links,
            profiles,
            await ReadContractsAsync(tenant, pending, profiles.Values, cancellation),
            await catalog.FindSpecialAsync(tenant, pending.Select(item => item.Interaction.Content), cancellation));
    }

    /// <summary>Of the numbers that are named, and of those that the contact of the person rests on: what is over slides no further.</summary>
    private async Task<Dictionary<UInt128, ContractLink>> ReadContractsAsync(
        TenantId tenant,
        IReadOnlyList<PendingInteraction> pending,
        IEnumerable<ProfileDraft> profiles,
        CancellationToken cancellation)
    {
        var named = pending.SelectMany(item => item.Interaction.Contracts).Concat(profiles.SelectMany(profile => NamedContract.In(profile.Contact?.Grants ?? [])));
        List<UInt128> references = [.. named.Select(number => number.Reference).Distinct()];
        var found = references.Count == 0 ? [] : await contracts.FindAsync(tenant, references, cancellation);
        return found.OfType<ContractLink>().ToDictionary(link => link.Reference);
    }

    private async Task<Dictionary<ProfileId, ProfileDraft>> ReadProfilesAsync(TenantId tenant, IReadOnlyList<ProfileId> ids, CancellationToken cancellation)
    {
        var controls = await identities.ReadControlsAsync(tenant, ids, cancellation);
        List<Control> living = [.. controls.OfType<Control>()];
        List<ProfileId> profiles = [.. living.Select(control => control.Profile)];
        List<ProfileId> decided = [.. living.Where(control => control.ConsentEpoch > 0).Select(control => control.Profile)];
        var ledgers = await consents.ReadAsync(tenant, decided, cancellation);
        var wrapped = await keys.ReadAsync(tenant, profiles, cancellation);
        var documents = await records.ReadContactsAsync(tenant, profiles, cancellation);
        var policy = policies.For(tenant);
        var byProfile = decided.Zip(ledgers).ToDictionary(pair => pair.First, pair => pair.Second);
        var now = time.GetUtcNow();
        return living
            .Select((control, i) => ProfileDraft.Known(control, byProfile.GetValueOrDefault(control.Profile, []), wrapped[i], documents[i], dataKeys.Open(control, wrapped[i]), policy, now))
            .ToDictionary(draft => draft.Id);
    }
}
