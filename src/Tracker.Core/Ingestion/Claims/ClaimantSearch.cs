using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>Whose the sale of a claim would be, as of any interaction with these identifiers.</summary>
public sealed class ClaimantSearch(IIdentityStore identities, PolicyRegister policies)
{
    private const string OfSeveral = "must be of one person or of somebody new: everybody they lead to has another number of the same kind";

    /// <returns>The profile that the claim is for, then the others of the person; none: somebody new.</returns>
    /// <exception cref="RefusalException">The identifiers are of several people.</exception>
    public async Task<IReadOnlyList<ProfileId>> FindAsync(Claim claim, CancellationToken cancellation)
    {
        var policy = policies.For(claim.Caller.Tenant);
        var links = await identities.FindByAnyKeyAsync(claim.Caller.Tenant, claim.Identifiers, cancellation);
        var controls = await ReadAsync(claim.Caller.Tenant, links.OfType<(ProfileId Profile, IdentifierHash By)>().Select(link => link.Profile), cancellation);
        var others = await ReadAsync(claim.Caller.Tenant, controls.Values.SelectMany(control => control.Members), cancellation);
        var leads = claim.Identifiers.Zip(links)
            .Where(pair => pair.Second is { } link && controls.ContainsKey(link.Profile))
            .DistinctBy(pair => pair.First)
            .ToDictionary(pair => pair.First, pair => pair.Second!.Value.Profile);
        var resolution = IdentityResolver.Resolve(
            claim.Identifiers,
            policy.Identity,
            identifier => leads.TryGetValue(identifier, out var profile) ? profile : null,
            profile => [.. controls[profile].Identifiers, .. controls[profile].Members.Where(others.ContainsKey).SelectMany(member => OtherProfiles.NumbersOf(others[member], policy))]);
        return resolution.IsOfNobody ? throw RefusalException.InvalidRequest([new("identifiers", OfSeveral)])
            : resolution.Profile is { } claimant ? [claimant, .. controls[claimant].Members]
            : [];
    }

    private async Task<Dictionary<ProfileId, Control>> ReadAsync(TenantId tenant, IEnumerable<ProfileId> profiles, CancellationToken cancellation) =>
        (await identities.ReadControlsAsync(tenant, [.. profiles.Distinct()], cancellation)).OfType<Control>().ToDictionary(control => control.Profile);
}
