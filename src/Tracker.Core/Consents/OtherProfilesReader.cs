using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>Reads what the other profiles of merged people mean for each of theirs; of nobody else anything is read.</summary>
public sealed class OtherProfilesReader(IIdentityStore identities, IConsentStore consents, IKeyStore keys, DataKeys dataKeys, PolicyRegister policies)
{
    /// <param name="controls">As they were read: what was said since moves their epoch, and the decision is stale.</param>
    /// <returns>By profile; one that was never merged is not in it.</returns>
    public async Task<IReadOnlyDictionary<ProfileId, OtherProfiles>> ReadAsync(TenantId tenant, IReadOnlyList<Control> controls, CancellationToken cancellation)
    {
        List<Control> merged = [.. controls.Where(control => control.Members.Count > 0)];
        if (merged.Count == 0)
        {
            return new Dictionary<ProfileId, OtherProfiles>();
        }

        var others = await ReadOthersAsync(tenant, [.. merged.SelectMany(control => control.Members).Distinct()], cancellation);
        var policy = policies.For(tenant);
        return merged.ToDictionary(
            control => control.Profile,
            control => OtherProfiles.Of([.. control.Members.Where(others.ContainsKey).Select(member => others[member])], policy));
    }

    public async Task<OtherProfiles> ReadAsync(Control? control, CancellationToken cancellation) => control is null
        ? OtherProfiles.None
        : (await ReadAsync(control.Tenant, [control], cancellation)).GetValueOrDefault(control.Profile, OtherProfiles.None);

    /// <returns>By profile the numbers of the other profiles of its person; one that was never merged is not in it.</returns>
    public async Task<IReadOnlyDictionary<ProfileId, IReadOnlyList<IdentifierHash>>> ReadNumbersAsync(TenantId tenant, IReadOnlyList<Control> controls, CancellationToken cancellation)
    {
        List<ProfileId> members = [.. controls.SelectMany(control => control.Members).Distinct()];
        var read = members.Count == 0 ? [] : await identities.ReadControlsAsync(tenant, members, cancellation);
        var numbers = read.OfType<Control>().ToDictionary(member => member.Profile, member => OtherProfiles.NumbersOf(member, policies.For(tenant)));
        return controls.Where(control => control.Members.Count > 0).ToDictionary(
            control => control.Profile,
            control => (IReadOnlyList<IdentifierHash>)[.. control.Members.Where(numbers.ContainsKey).SelectMany(member => numbers[member])]);
    }

    /// <returns>Without those that have expired.</returns>
    private async Task<Dictionary<ProfileId, (Control Control, IReadOnlyList<ConsentEntry> Ledger, SubjectAge? Age)>> ReadOthersAsync(
        TenantId tenant,
        IReadOnlyList<ProfileId> profiles,
        CancellationToken cancellation)
    {
        List<Control> controls = [.. (await identities.ReadControlsAsync(tenant, profiles, cancellation)).OfType<Control>()];
        var ledgers = await consents.ReadAsync(tenant, [.. controls.Select(control => control.Profile)], cancellation);
        var wrapped = controls.TrueForAll(control => control.SealedAge.IsEmpty)
            ? new ProfileKeys?[controls.Count]
            : await keys.ReadAsync(tenant, [.. controls.Select(control => control.Profile)], cancellation);
        return controls.Select((control, i) => (Control: control, Ledger: ledgers[i], Age: dataKeys.Open(control, wrapped[i]))).ToDictionary(other => other.Control.Profile);
    }
}
