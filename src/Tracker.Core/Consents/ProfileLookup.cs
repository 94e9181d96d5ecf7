using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>Finds the profile that a caller names, and what is decided in its ledger.</summary>
public sealed class ProfileLookup(IIdentityStore identities, IConsentStore consents, KeyedHasher hasher)
{
    /// <returns>Null: there is none.</returns>
    public async Task<Control?> FindAsync(TenantId tenant, ProfileReference? reference, CancellationToken cancellation)
    {
        if (reference?.Id is { } id)
        {
            return await ReadAsync(tenant, id, cancellation);
        }

        var hash = Hash(tenant, [reference?.Identifier ?? new Identifier(IdentifierKind.Unspecified, "")], "profile.identifier")[0];
        var found = await identities.FindAsync(tenant, [hash], cancellation);
        return found[0] is { } profile ? await ReadAsync(tenant, profile, cancellation) : null;
    }

    /// <exception cref="RefusalException">There is none.</exception>
    public async Task<Control> GetAsync(TenantId tenant, ProfileReference? reference, CancellationToken cancellation) =>
        await FindAsync(tenant, reference, cancellation) ?? throw RefusalException.ProfileNotFound();

    /// <summary>Who a decision is about; an identifier that nobody has yet is somebody new.</summary>
    /// <exception cref="RefusalException">There is no profile of that id.</exception>
    internal async Task<(ProfileId? Profile, IReadOnlyList<IdentifierHash> Identifiers)> WhoAsync(TenantId tenant, ProfileReference reference, CancellationToken cancellation)
    {
        var control = await FindAsync(tenant, reference, cancellation);
        return reference.Identifier is { } identifier
            ? (control?.Profile, Hash(tenant, [identifier], "profile.identifier"))
            : (control?.Profile ?? throw RefusalException.ProfileNotFound(), []);
    }

    /// <exception cref="RefusalException">An identifier names nobody.</exception>
    public IReadOnlyList<IdentifierHash> Hash(TenantId tenant, IReadOnlyList<Identifier> identifiers, string path)
    {
        var violations = new Violations();
        List<IdentifierHash> hashes = [];
        for (var i = 0; i < identifiers.Count; i++)
        {
            var field = identifiers.Count == 1 && path == "profile.identifier" ? path : $"{path}[{i}]";
            violations.Require(identifiers[i].Kind != IdentifierKind.Unspecified, $"{field}.kind", "is required");
            violations.AddIf($"{field}.value", IdentifierNormaliser.TryNormalise(identifiers[i], out var normalised));
            hashes.Add(hasher.Identifier(tenant, identifiers[i].Kind, normalised));
        }

        violations.Refuse();
        return hashes;
    }

    /// <param name="path">Where in the request a reference stands.</param>
    /// <returns>For each reference, in order, the hash of its identifier; null where it names the profile itself.</returns>
    /// <exception cref="RefusalException">An identifier names nobody.</exception>
    public IReadOnlyList<IdentifierHash?> Hash(TenantId tenant, IReadOnlyList<ProfileReference> references, Func<int, string> path)
    {
        var violations = new Violations();
        var hashes = new IdentifierHash?[references.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            var field = $"{path(i)}.identifier";
            if (references[i] is { Id: null, Identifier: var identifier })
            {
                var named = identifier ?? new Identifier(IdentifierKind.Unspecified, "");
                violations.Require(named.Kind != IdentifierKind.Unspecified, $"{field}.kind", "is required");
                violations.AddIf($"{field}.value", IdentifierNormaliser.TryNormalise(named, out var normalised));
                hashes[i] = hasher.Identifier(tenant, named.Kind, normalised);
            }
        }

        violations.Refuse();
        return hashes;
    }

    public async Task<IReadOnlyList<ConsentEntry>> ReadLedgerAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) =>
        (await consents.ReadAsync(tenant, [profile], cancellation))[0];

    /// <summary>The ledger of a profile, folded.</summary>
    public async Task<PermissionHistory> ReadHistoryAsync(Control control, Policy policy, CancellationToken cancellation) =>
        ConsentHistory.Fold(await ReadLedgerAsync(control.Tenant, control.Profile, cancellation), Activity.Of(control, policy));

    private async Task<Control?> ReadAsync(TenantId tenant, ProfileId profile, CancellationToken cancellation) =>
        (await identities.ReadControlsAsync(tenant, [profile], cancellation))[0];
}
