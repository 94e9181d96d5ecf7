using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>Whose the sale of a claim would be, as of any interaction with these identifiers.</summary>
public sealed class ClaimantSearch(IIdentityStore identities, OtherProfilesReader merged, PolicyRegister policies)
{
    /// <returns>The profile that the claim is for, then the others of the person; none: somebody new.</returns>
    /// <exception cref="RefusalException">The identifiers are of several people.</exception>
    public async Task<IReadOnlyList<ProfileId>> FindAsync(Claim claim, CancellationToken cancellation)
    {
        var tenant = claim.Caller.Tenant;
        var links = await identities.FindByAnyKeyAsync(tenant, claim.Identifiers, cancellation);
        var found = await identities.ReadControlsAsync(tenant, [.. links.OfType<(ProfileId Profile, IdentifierHash By)>().Select(link => link.Profile).Distinct()], cancellation);
        var controls = found.OfType<Control>().ToDictionary(control => control.Profile);
        var numbers = await merged.ReadNumbersAsync(tenant, [.. controls.Values], cancellation);
        var leads = claim.Identifiers.Zip(links)
            .Where(pair => pair.Second is { } link && controls.ContainsKey(link.Profile))
            .DistinctBy(pair => pair.First)
            .ToDictionary(pair => pair.First, pair => pair.Second!.Value.Profile);
        var resolution = IdentityResolver.Resolve(
            claim.Identifiers,
            policies.For(tenant).Identity,
            identifier => leads.TryGetValue(identifier, out var profile) ? profile : null,
            profile => controls[profile].Identifiers.Concat(numbers.GetValueOrDefault(profile, [])));
        return resolution.OfSomebody().Profile is { } claimant ? [claimant, .. controls[claimant].Members] : [];
    }
}
