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
    ProfileRecall recall,
    OtherProfilesReader others,
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
            .Where(identifier => policies.For(tenant).Identity.LeadsToAProfile(identifier.Kind))
            .Distinct()];
        // Alone: after an outage a store lets one question through to see whether it is over.
        var stored = await records.ExistAsync(tenant, interactionKeys, cancellation);
        var special = catalog.FindSpecialAsync(tenant, pending.Select(item => item.Interaction.Content), cancellation);
        var recalled = recall.FindAsync(tenant, identifiers, cancellation);
        await Task.WhenAll(special, recalled);
        var found = await recalled;
        var profiles = await ReadProfilesAsync(tenant, [.. found.Links.Values.DistinctBy(control => control.Profile)], cancellation);
        return new WorkingSet(
            interactionKeys.Where((_, i) => stored[i]).ToHashSet(),
            found,
            profiles,
            await ReadContractsAsync(tenant, pending, profiles.Values, cancellation),
            await special);
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

    private async Task<Dictionary<ProfileId, ProfileDraft>> ReadProfilesAsync(TenantId tenant, IReadOnlyList<Control> controls, CancellationToken cancellation)
    {
        List<ProfileId> profiles = [.. controls.Select(control => control.Profile)];
        var readLedgers = recall.ReadLedgersAsync(tenant, controls, cancellation);
        var readKeys = keys.ReadAsync(tenant, profiles, cancellation);
        var readOthers = others.ReadAsync(tenant, controls, cancellation);
        await Task.WhenAll(readLedgers, readKeys, readOthers);
        var (ledgers, wrapped, merged) = (await readLedgers, await readKeys, await readOthers);
        var contacts = await ReadContactsAsync(tenant, wrapped.OfType<ProfileKeys>(), cancellation);
        var policy = policies.For(tenant);
        var now = time.GetUtcNow();
        return controls
            .Select((control, i) => ProfileDraft.Known(
                control,
                ledgers[i],
                merged.GetValueOrDefault(control.Profile, OtherProfiles.None),
                wrapped[i],
                contacts.GetValueOrDefault(control.Profile),
                dataKeys.Open(control, wrapped[i]),
                policy,
                now))
            .ToDictionary(draft => draft.Id);
    }

    /// <summary>Who has no key for a contact document has none.</summary>
    private async Task<Dictionary<ProfileId, ContactDocument>> ReadContactsAsync(TenantId tenant, IEnumerable<ProfileKeys> keys, CancellationToken cancellation)
    {
        List<ProfileId> stated = [.. keys.Where(known => known.Keys.ContainsKey(RetentionClass.Contact)).Select(known => known.Profile)];
        var found = await records.ReadContactsAsync(tenant, stated, cancellation);
        return found.OfType<ContactDocument>().ToDictionary(contact => contact.Profile);
    }
}
