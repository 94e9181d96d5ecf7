using Tracker.Core.Model;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>
/// What is known of one profile while a micro-batch is decided: what was read, and what the permitted interactions so
/// far have added. A denied interaction never touches it.
/// </summary>
public sealed class ProfileDraft
{
    private readonly List<IdentifierHash> _newIdentifiers = [];
    private readonly Dictionary<RetentionClass, WrappedKey> _newKeys = [];
    private readonly Dictionary<RetentionClass, DataKey> _keys = [];
    private readonly Dictionary<UInt128, ContractLink> _contracts = [];
    private readonly List<DateTimeOffset> _reviews = [];
    private ReadOnlyMemory<byte>? _sealedAge;

    public required TenantId Tenant { get; init; }

    public required ProfileId Id { get; init; }

    public required bool IsNew { get; init; }

    public long ConsentEpoch { get; init; }

    public IReadOnlyList<IdentifierHash> StoredIdentifiers { get; init; } = [];

    public PermissionHistory History { get; init; } = PermissionHistory.None;

    public ProfileKeys? StoredKeys { get; init; }

    public ContactDocument? StoredContact { get; init; }

    public DateTimeOffset? StoredLastInteractionAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>All of it is stored and not used: GDPR Art. 18.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>As stated last, this micro-batch included; null: not known.</summary>
    public SubjectAge? Age { get; private set; }

    public Facts Facts { get; private set; } = Facts.None;

    /// <summary>UTC day of the last act of the person that counts, this micro-batch included.</summary>
    public DateTimeOffset? LastInteractionAt { get; private set; }

    public ContactDocument? Contact { get; private set; }

    public IEnumerable<IdentifierHash> Identifiers => StoredIdentifiers.Concat(_newIdentifiers);

    public bool MovesLastInteraction => LastInteractionAt > (StoredLastInteractionAt ?? DateTimeOffset.MinValue);

    public static ProfileDraft Unknown(TenantId tenant, DateTimeOffset now) =>
        new() { Tenant = tenant, Id = ProfileId.New(now), IsNew = true, SeenAt = now };

    public static ProfileDraft Known(Control control, PermissionHistory history, ProfileKeys? keys, ContactDocument? contact, SubjectAge? age, DateTimeOffset now) => new()
    {
        Tenant = control.Tenant,
        Id = control.Profile,
        IsNew = false,
        ConsentEpoch = control.ConsentEpoch,
        StoredIdentifiers = control.Identifiers,
        History = history,
        StoredKeys = keys,
        StoredContact = contact,
        Contact = contact,
        StoredLastInteractionAt = control.LastInteractionAt,
        LastInteractionAt = control.LastInteractionAt,
        SeenAt = now,
        Facts = control.Facts,
        IsRestricted = control.IsRestricted,
        Age = age,
    };

    public void Add(Facts facts, IEnumerable<IdentifierHash> unlinked, DateTimeOffset? lastInteractionAt)
    {
        Facts = Facts.Merge(facts);
        _newIdentifiers.AddRange(unlinked);
        if (lastInteractionAt > (LastInteractionAt ?? DateTimeOffset.MinValue))
        {
            LastInteractionAt = lastInteractionAt;
        }
    }

    public void Replace(ContactDocument contact) => Contact = contact;

    public void State(SubjectAge age, ReadOnlyMemory<byte> sealedAge) => (Age, _sealedAge) = (age, sealedAge);

    public void ReviewAt(DateTimeOffset instant) => _reviews.Add(instant);

    /// <summary>The order, quote or contract is this person's, at least until that instant.</summary>
    public void Own(UInt128 reference, DateTimeOffset until)
    {
        if (!_contracts.TryGetValue(reference, out var link) || link.ExpireAt < until)
        {
            _contracts[reference] = new ContractLink(Tenant, reference, Id, until);
        }
    }

    /// <summary>The data key of a class: unwrapped once, or made where there is none yet.</summary>
    public DataKey KeyOf(RetentionClass member, DataKeys dataKeys)
    {
        if (_keys.TryGetValue(member, out var known))
        {
            return known;
        }

        if (StoredKeys?.Keys.TryGetValue(member, out var wrapped) == true)
        {
            return _keys[member] = dataKeys.Unwrap(Tenant, Id, member, wrapped);
        }

        var made = DataKeys.New();
        _newKeys[member] = dataKeys.Wrap(Tenant, Id, member, made);
        return _keys[member] = made;
    }

    public ProfileChange ToChange() => new()
    {
        Profile = Id,
        IsNew = IsNew,
        ExpectedEpoch = ConsentEpoch,
        SeenAt = SeenAt,
        Facts = Facts,
        NewIdentifiers = [.. _newIdentifiers.Distinct()],
        LastInteractionAt = MovesLastInteraction ? LastInteractionAt : null,
        Reviews = _reviews,
        Contracts = [.. _contracts.Values],
        SealedAge = _sealedAge,
        NewKeys = _newKeys,
        Contact = ReferenceEquals(Contact, StoredContact) ? null : Contact,
    };
}
