using MongoDB.Bson;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;

namespace Tracker.Storage.Mongo.Identities;

/// <summary>
/// What is known of some profiles of a tenant in one transaction: read in a few questions for all of them, and kept up to
/// date with what the transaction has gathered, which cannot be read before it is written.
/// </summary>
internal sealed class ProfileDocuments(StoreTables tables, WriteSession session, TenantId tenant)
{
    private readonly Dictionary<ProfileId, Control> _controls = [];
    private readonly HashSet<ProfileId> _controlsKnown = [];
    private readonly Dictionary<ProfileId, ProfileKeys> _keys = [];
    private readonly HashSet<ProfileId> _keysKnown = [];
    private readonly Dictionary<IdentifierHash, IdentifierLink> _identifiers = [];
    private readonly Dictionary<UInt128, ContractLink> _contracts = [];
    private readonly HashSet<Errand> _errands = [];
    private readonly HashSet<IdentifierHash> _newIdentifiers = [];
    private readonly HashSet<UInt128> _newContracts = [];

    public TenantId Tenant => tenant;

    public Control? FindControl(ProfileId profile) => _controls.GetValueOrDefault(profile);

    /// <exception cref="InvalidOperationException">They were not read: taken for absent, they would end before what they open.</exception>
    public ProfileKeys? FindKeys(ProfileId profile) => _keysKnown.Contains(profile)
        ? _keys.GetValueOrDefault(profile)
        : throw new InvalidOperationException("The keys of this profile were not read.");

    public IdentifierLink? FindLink(IdentifierHash identifier) => _identifiers.GetValueOrDefault(identifier);

    public ContractLink? FindContract(UInt128 reference) => _contracts.GetValueOrDefault(reference);

    public bool IsNew(IdentifierHash identifier) => _newIdentifiers.Contains(identifier);

    public bool IsNew(UInt128 contract) => _newContracts.Contains(contract);

    /// <summary>Without a look: what this change brings is inserted, and meets whatever is there.</summary>
    public void TakeForNew(ProfileChange change)
    {
        foreach (var identifier in change.NewIdentifiers.Where(_newIdentifiers.Add))
        {
            TakeForNew(tables.Identifiers, DocumentId.Of(tenant, identifier));
        }

        foreach (var contract in change.NewContracts.Where(_newContracts.Add))
        {
            TakeForNew(tables.Contracts, DocumentId.Of(tenant, contract));
        }

        if (change.IsNew)
        {
            var owner = DocumentId.Of(tenant, change.Profile);
            _keysKnown.Add(change.Profile);
            TakeForNew(tables.Controls, owner);
            TakeForNew(tables.Keys, owner);
            TakeForNew(tables.Contacts, owner);
        }
    }

    /// <returns>Whether it is known to be there.</returns>
    public bool Has(Errand errand) => _errands.Contains(errand);

    public void Set(Control control)
    {
        _controls[control.Profile] = control;
        _controlsKnown.Add(control.Profile);
    }

    public void Set(IdentifierHash identifier, IdentifierLink link) => _identifiers[identifier] = link;

    public void Set(ContractLink contract) => _contracts[contract.Reference] = contract;

    public async Task ReadAsync(IReadOnlyCollection<ProfileId> profiles, CancellationToken cancellation)
    {
        await ReadControlsAsync(profiles, cancellation);
        await ReadKeysAsync(profiles, cancellation);
    }

    public async Task ReadControlsAsync(IReadOnlyCollection<ProfileId> profiles, CancellationToken cancellation)
    {
        _controlsKnown.UnionWith(profiles);
        foreach (var control in (await tables.Controls.FindLiveAsync(session, IdsOf(profiles), cancellation)).Values)
        {
            _controls[control.Profile] = control;
        }
    }

    /// <summary>Not needed by what neither changes them nor moves the end of the profile.</summary>
    public async Task ReadKeysAsync(IReadOnlyCollection<ProfileId> profiles, CancellationToken cancellation)
    {
        _keysKnown.UnionWith(profiles);
        foreach (var keys in (await tables.Keys.FindLiveAsync(session, IdsOf(profiles), cancellation)).Values)
        {
            _keys[keys.Profile] = keys;
        }
    }

    /// <summary>Where they lead, and the controls of all whom they lead to or led to before.</summary>
    public async Task ReadAsync(IEnumerable<IdentifierHash> identifiers, CancellationToken cancellation)
    {
        var ids = identifiers.Distinct().ToDictionary(identifier => (BsonValue)DocumentId.Of(tenant, identifier));
        foreach (var (id, link) in await tables.Identifiers.FindLiveAsync(session, ids.Keys, cancellation))
        {
            _identifiers[ids[id]] = link;
        }

        await ReadControlsAsync([.. ids.Values.Select(FindLink).OfType<IdentifierLink>().SelectMany(link => link.Everybody).Where(profile => !_controlsKnown.Contains(profile)).Distinct()], cancellation);
    }

    /// <summary>Whose contracts are: one of a profile that is gone is anybody's again.</summary>
    public async Task ReadAsync(IEnumerable<UInt128> contracts, CancellationToken cancellation)
    {
        foreach (var link in await ContractLinks.FindAsync(tables, session, tenant, contracts, cancellation))
        {
            _contracts[link.Reference] = link;
        }
    }

    /// <summary>A profile in use asks for the same errand with almost every write.</summary>
    public async Task ReadAsync(IReadOnlyCollection<Errand> errands, CancellationToken cancellation) =>
        _errands.UnionWith(await tables.Errands.FindAsync(session, errands, cancellation));

    private BsonValue[] IdsOf(IReadOnlyCollection<ProfileId> profiles) => [.. profiles.Select(profile => DocumentId.Of(tenant, profile))];

    private void TakeForNew<T>(DocumentTable<T> table, BsonValue id)
        where T : class => session.NoteAbsent(table.Collection, id);
}
