using MongoDB.Bson;
using Tracker.Core.Model;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

/// <summary>
/// What is known of some profiles of a tenant in one transaction: read in a few questions for all of them, and kept up to
/// date with what the transaction has gathered, which cannot be read before it is written.
/// </summary>
internal sealed class ProfileDocuments(StoreTables tables, WriteSession session, TenantId tenant)
{
    private readonly Dictionary<ProfileId, Control> _controls = [];
    private readonly Dictionary<ProfileId, ProfileKeys> _keys = [];
    private readonly Dictionary<IdentifierHash, ProfileId> _identifiers = [];
    private readonly Dictionary<UInt128, ContractLink> _contracts = [];

    public TenantId Tenant => tenant;

    public Control? FindControl(ProfileId profile) => _controls.GetValueOrDefault(profile);

    public ProfileKeys? FindKeys(ProfileId profile) => _keys.GetValueOrDefault(profile);

    public ProfileId? FindProfile(IdentifierHash identifier) => _identifiers.TryGetValue(identifier, out var profile) ? profile : null;

    public ContractLink? FindContract(UInt128 reference) => _contracts.GetValueOrDefault(reference);

    public void Set(Control control) => _controls[control.Profile] = control;

    public void Set(IdentifierHash identifier, ProfileId profile) => _identifiers[identifier] = profile;

    public void Set(ContractLink contract) => _contracts[contract.Reference] = contract;

    public async Task ReadAsync(IReadOnlyCollection<ProfileId> profiles, CancellationToken cancellation)
    {
        BsonValue[] ids = [.. profiles.Select(profile => DocumentId.Of(tenant, profile))];
        foreach (var control in (await tables.Controls.FindLiveAsync(session, ids, cancellation)).Values)
        {
            _controls[control.Profile] = control;
        }

        foreach (var keys in (await tables.Keys.FindLiveAsync(session, ids, cancellation)).Values)
        {
            _keys[keys.Profile] = keys;
        }
    }

    public async Task ReadAsync(IEnumerable<IdentifierHash> identifiers, CancellationToken cancellation)
    {
        var ids = identifiers.Distinct().ToDictionary(identifier => (BsonValue)DocumentId.Of(tenant, identifier));
        foreach (var (id, link) in await tables.Identifiers.FindLiveAsync(session, ids.Keys, cancellation))
        {
            _identifiers[ids[id]] = link.Profile;
        }
    }

    /// <summary>Whose contracts are: one of a profile that is gone is anybody's again.</summary>
    public async Task ReadAsync(IEnumerable<UInt128> contracts, CancellationToken cancellation)
    {
        foreach (var link in await ContractLinks.FindAsync(tables, session, tenant, contracts, cancellation))
        {
            _contracts[link.Reference] = link;
        }
    }
}
