using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>Reads what decides on people, for all of them at once and always from the store itself.</summary>
public sealed class PeopleReader(IIdentityStore identities, IConsentStore consents, IKeyStore keys, DataKeys dataKeys, ProfileLookup lookup, OtherProfilesReader others)
{
    /// <summary>The person of the field "profile".</summary>
    /// <returns>Null: there is none.</returns>
    /// <exception cref="RefusalException">The identifier names nobody.</exception>
    public async Task<KnownPerson?> FindAsync(Caller caller, ProfileReference reference, Policy policy, CancellationToken cancellation) =>
        (await ReadAsync(caller, [reference], _ => "profile", policy, cancellation))[0];

    /// <summary>The people of the field "profiles".</summary>
    /// <returns>For each reference, in order, the person; null where there is none.</returns>
    /// <exception cref="RefusalException">An identifier names nobody.</exception>
    public Task<IReadOnlyList<KnownPerson?>> ReadAsync(Caller caller, IReadOnlyList<ProfileReference> references, Policy policy, CancellationToken cancellation) =>
        ReadAsync(caller, references, i => $"profiles[{i}]", policy, cancellation);

    /// <summary>A person as a list of profiles, each with what the others mean for it.</summary>
    /// <returns>The one that is named first, then the others that there are, the oldest first.</returns>
    public async Task<IReadOnlyList<KnownPerson>> ReadMembersAsync(Caller caller, KnownPerson named, Policy policy, CancellationToken cancellation) =>
    [
        named,
        .. named.Control.Members.Count == 0
            ? []
            : (await ReadAsync(caller, [.. named.Control.Members.Select(member => new ProfileReference(member, null))], policy, cancellation)).OfType<KnownPerson>(),
    ];

    /// <summary>Profiles that are read as parts of a person without being merged: every no of the person counts for them.</summary>
    public async Task<IReadOnlyList<KnownPerson>> ReadPartsAsync(IReadOnlyList<Control> parts, IReadOnlyList<ProfileId> person, Policy policy, CancellationToken cancellation) => parts.Count == 0
        ? []
        : [.. (await ReadAsync(parts[0].Tenant, [.. parts.Select(part => part with { Members = person })], policy, cancellation)).Values.OrderBy(part => part.Control.Profile)];

    /// <summary>What was decided of one profile, oldest first.</summary>
    public async Task<IReadOnlyList<ConsentEntry>> ReadLedgerAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) =>
        (await consents.ReadAsync(tenant, [profile], cancellation))[0];

    /// <returns>Null: not known.</returns>
    public async Task<SubjectAge?> ReadAgeAsync(Control control, CancellationToken cancellation) =>
        (await ReadAgesAsync(control.Tenant, [control], cancellation)).GetValueOrDefault(control.Profile);

    /// <summary>Most people have stated none, and then no key is read.</summary>
    /// <returns>By profile; one that has stated none is not in it.</returns>
    internal async Task<IReadOnlyDictionary<ProfileId, SubjectAge?>> ReadAgesAsync(TenantId tenant, IReadOnlyList<Control> controls, CancellationToken cancellation)
    {
        List<Control> stated = [.. controls.Where(control => !control.SealedAge.IsEmpty)];
        var wrapped = stated.Count == 0 ? [] : await keys.ReadAsync(tenant, [.. stated.Select(control => control.Profile)], cancellation);
        return stated.Zip(wrapped).ToDictionary(pair => pair.First.Profile, pair => dataKeys.Open(pair.First, pair.Second));
    }

    private async Task<IReadOnlyList<KnownPerson?>> ReadAsync(
        Caller caller,
        IReadOnlyList<ProfileReference> references,
        Func<int, string> path,
        Policy policy,
        CancellationToken cancellation)
    {
        var tenant = caller.Tenant;
        var hashes = lookup.Hash(caller, references, path);
        var profiles = await FindAsync(tenant, references, hashes, cancellation);
        List<ProfileId> known = [.. profiles.OfType<ProfileId>().Distinct()];
        var people = await ReadAsync(tenant, [.. (await identities.ReadControlsAsync(tenant, known, cancellation)).OfType<Control>()], policy, cancellation);
        return [.. profiles.Zip(hashes, (profile, named) => profile is { } id && people.GetValueOrDefault(id) is { } person
            ? person with { Identifiers = named is { } hash ? [hash] : [] }
            : null)];
    }

    private async Task<Dictionary<ProfileId, KnownPerson>> ReadAsync(TenantId tenant, List<Control> controls, Policy policy, CancellationToken cancellation)
    {
        var ledgers = await consents.ReadAsync(tenant, [.. controls.Select(control => control.Profile)], cancellation);
        var ages = await ReadAgesAsync(tenant, controls, cancellation);
        var merged = await others.ReadAsync(tenant, controls, cancellation);
        return controls.Zip(ledgers).ToDictionary(
            pair => pair.First.Profile,
            pair => KnownPerson.Of(pair.First, pair.Second, ages.GetValueOrDefault(pair.First.Profile), merged.GetValueOrDefault(pair.First.Profile, OtherProfiles.None), policy));
    }

    private async Task<IReadOnlyList<ProfileId?>> FindAsync(
        TenantId tenant,
        IReadOnlyList<ProfileReference> references,
        IReadOnlyList<IdentifierHash?> hashes,
        CancellationToken cancellation)
    {
        var found = await identities.FindByAnyKeyAsync(tenant, [.. hashes.OfType<IdentifierHash>()], cancellation);
        var next = 0;
        return [.. references.Select((reference, i) => hashes[i] is null ? reference.Id : found[next++]?.Profile)];
    }
}
