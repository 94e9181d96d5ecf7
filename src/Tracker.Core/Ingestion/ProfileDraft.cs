using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Retention;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>
/// What is known of one profile while a micro-batch is decided: what was read, and what the permitted interactions so
/// far have added. A denied interaction never touches it.
/// </summary>
public sealed class ProfileDraft
{
    private readonly List<IdentifierHash> _newIdentifiers = [];
    private readonly Dictionary<IdentifierHash, ProfileId> _taken = [];
    private readonly Dictionary<IdentifierHash, IReadOnlyList<ProfileId>> _passedOn = [];
    private readonly Dictionary<RetentionClass, WrappedKey> _newKeys = [];
    private readonly Dictionary<RetentionClass, DataKey> _keys = [];
    private readonly Dictionary<UInt128, ContractLink> _contracts = [];
    private readonly HashSet<UInt128> _newContracts = [];
    private readonly HashSet<DateTimeOffset> _reviews = [];
    private readonly HashSet<UInt128> _orders = [];
    private RecalledLedger _ledger = RecalledLedger.Empty;
    private OtherProfiles _others = OtherProfiles.None;
    private IReadOnlyList<ProfileId> _members = [];
    private IReadOnlyList<DateTimeOffset> _lapses = [];
    private Policy? _policy;
    private DateTimeOffset _firstKnown;
    private ReadOnlyMemory<byte>? _sealedAge;

    public required TenantId Tenant { get; init; }

    public required ProfileId Id { get; init; }

    public required bool IsNew { get; init; }

    public long ConsentEpoch { get; init; }

    /// <summary>What is decided is decided under it; the commit is stale under any other.</summary>
    public long DecisionEpoch { get; init; }

    public IReadOnlyList<IdentifierHash> StoredIdentifiers { get; init; } = [];

    public PermissionHistory History { get; private set; } = PermissionHistory.None;

    public IReadOnlyList<ProfileHold> Holds { get; init; } = [];

    public ProfileKeys? StoredKeys { get; init; }

    public ContactDocument? StoredContact { get; init; }

    public DateTimeOffset? StoredLastInteractionAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>All of it is stored and not used: GDPR Art. 18.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>As stated last to this profile, this micro-batch included; null: not known.</summary>
    public SubjectAge? OwnAge { get; private set; }

    /// <summary>As the person is judged by; null: not known.</summary>
    public SubjectAge? Age => AgeWith(OwnAge);

    /// <summary>All profiles of the person, itself among them.</summary>
    public IEnumerable<ProfileId> Person => _members.Prepend(Id);

    /// <summary>It is one of several profiles of a person.</summary>
    public bool HasMembers => _members.Count > 0;

    public Facts Facts { get; private set; } = Facts.None;

    /// <summary>UTC day of the last act of the person that counts, this micro-batch included.</summary>
    public DateTimeOffset? LastInteractionAt { get; private set; }

    /// <summary>The cap had fired by now when an act of this micro-batch came, at that instant; also where the act itself was before it (E34).</summary>
    public DateTimeOffset? Lapse { get; private set; }

    /// <summary>All instants at which the cap fired, this micro-batch included.</summary>
    public IReadOnlyList<DateTimeOffset> Lapses => Lapse is { } lapse ? [.. _lapses, lapse] : _lapses;

    public ContactDocument? Contact { get; private set; }

    /// <summary>When a purpose of the contact document ends before the document; null: the errand that was written with it is early enough.</summary>
    public DateTimeOffset? StripsContactAt =>
        !ReferenceEquals(Contact, StoredContact) && Contact is not null && GrantEnds.StripAt(Contact.Grants) is { } strip
        && !(StoredContact is not null && GrantEnds.StripAt(StoredContact.Grants) is { } known && known > SeenAt && known <= strip)
            ? strip
            : null;

    /// <summary>All that lead here, and the numbers of the other profiles of the person, who has one of each.</summary>
    public IEnumerable<IdentifierHash> Identifiers => _newIdentifiers.Count + _taken.Count == 0 && ReferenceEquals(_others, OtherProfiles.None)
        ? StoredIdentifiers
        : StoredIdentifiers.Concat(_newIdentifiers).Concat(_taken.Keys).Concat(_others.Numbers);

    public bool MovesLastInteraction => LastInteractionAt > (StoredLastInteractionAt ?? DateTimeOffset.MinValue);

    public static ProfileDraft Unknown(TenantId tenant, Policy policy, DateTimeOffset now) =>
        new() { Tenant = tenant, Id = ProfileId.New(now), IsNew = true, SeenAt = now, _policy = policy, _firstKnown = now };

    public static ProfileDraft Known(
        Control control,
        RecalledLedger ledger,
        OtherProfiles others,
        ProfileKeys? keys,
        ContactDocument? contact,
        SubjectAge? age,
        Policy policy,
        DateTimeOffset now) => new()
        {
            Tenant = control.Tenant,
            Id = control.Profile,
            IsNew = false,
            ConsentEpoch = control.ConsentEpoch,
            DecisionEpoch = control.DecisionEpoch,
            StoredIdentifiers = control.Identifiers,
            Holds = control.Holds,
            History = others.Fold(ledger.Entries, Activity.Of(control, policy)),
            StoredKeys = keys,
            StoredContact = contact,
            Contact = contact,
            StoredLastInteractionAt = control.LastInteractionAt,
            LastInteractionAt = control.LastInteractionAt,
            SeenAt = now,
            Facts = control.Facts,
            IsRestricted = others.Restrict(control).IsRestricted,
            OwnAge = age,
            _ledger = ledger,
            _others = others,
            _members = control.Members,
            _lapses = control.Lapses,
            _policy = policy,
            _firstKnown = Activity.FirstKnown(control),
        };

    /// <summary>The ledger as it will read once an act of that day is kept: consents end by silence, so the act moves their end. Null: no act of the person.</summary>
    public PermissionHistory HistoryWith(DateTimeOffset? act) =>
        _ledger.Entries.Count > 0 && act > (LastInteractionAt ?? DateTimeOffset.MinValue) ? Fold(act.Value, Lapse ?? LapseBefore()) : History;

    /// <summary>It leads nowhere in the store, and here from now on.</summary>
    public void Link(IdentifierHash identifier) => _newIdentifiers.Add(identifier);

    /// <summary>It leads elsewhere, in the store or in this micro-batch, and here from now on.</summary>
    public void Take(IdentifierHash machine, ProfileId from) => _taken[machine] = from;

    /// <summary>It is back from somebody who took it.</summary>
    public void TakeBack(IdentifierHash machine, ProfileDraft from)
    {
        from._taken.Remove(machine);
        _passedOn[machine] = [.. _passedOn.GetValueOrDefault(machine, []), .. from._passedOn.GetValueOrDefault(machine, []), from.Id];
        from._passedOn.Remove(machine);
    }

    public void Add(Facts facts, DateTimeOffset? lastInteractionAt)
    {
        Facts = Facts.Merge(facts);
        if (lastInteractionAt > (LastInteractionAt ?? DateTimeOffset.MinValue))
        {
            History = HistoryWith(lastInteractionAt);
            Lapse ??= LapseBefore();
            LastInteractionAt = lastInteractionAt;
        }
        else if (lastInteractionAt is { } late)
        {
            Lapse ??= Activity.LapseAfter(late, _firstKnown, _policy!);
        }

        _firstKnown = lastInteractionAt < _firstKnown ? lastInteractionAt.Value : _firstKnown;
    }

    public void ReviewAt(IEnumerable<DateTimeOffset> instants) => _reviews.UnionWith(instants.Select(Errand.WholeHourFrom));

    public void Replace(ContactDocument contact) => Contact = contact;

    public void State(SubjectAge age, ReadOnlyMemory<byte> sealedAge) => (OwnAge, _sealedAge) = (age, sealedAge);

    /// <summary>As the person would be judged by if that had been stated to this profile.</summary>
    public SubjectAge? AgeWith(SubjectAge? own) => _others.AgeOf(own);

    /// <summary>The other profiles of the person, where something has been stated of its age in this micro-batch.</summary>
    public IReadOnlyList<ProfileId> MembersToTell => _sealedAge is null ? [] : _members;

    /// <summary>What has been stated to another profile of the person.</summary>
    public void Hear(SubjectAge stated) => _others = _others.Hearing(stated);

    /// <summary>The order, quote or contract is this person's, at least until the link expires.</summary>
    /// <param name="isNew">Nobody had that number.</param>
    public void Own(ContractLink link, bool isNew)
    {
        _contracts[link.Reference] = _contracts.TryGetValue(link.Reference, out var known) ? known.Merge(link) : link;
        if (isNew)
        {
            _newContracts.Add(link.Reference);
        }
    }

    /// <returns>Whether something else of that order may be kept: of a known person in the store, of a new one in this micro-batch.</returns>
    public bool NoteOrder(UInt128 order) => !_orders.Add(order) || !IsNew;

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
        ExpectedEpoch = DecisionEpoch,
        SeenAt = SeenAt,
        Facts = Facts,
        NewIdentifiers = _newIdentifiers.Count < 2 ? _newIdentifiers : [.. _newIdentifiers.Distinct()],
        TakenIdentifiers = _taken,
        PassedOn = _passedOn,
        // An age that is stated may make a minor of the whole person, and a number is one that nobody else of it may get.
        Members = _sealedAge is null && !_newIdentifiers.Exists(identifier => _policy!.Identity.Of(identifier.Kind).IsUnique) ? [] : _members,
        LastInteractionAt = MovesLastInteraction ? LastInteractionAt : null,
        Lapse = Lapse,
        Reviews = _reviews.Count == 0 ? [] : [.. _reviews.Order()],
        Contracts = [.. _contracts.Values],
        NewContracts = _newContracts,
        SealedAge = _sealedAge,
        NewKeys = _newKeys,
        Contact = ReferenceEquals(Contact, StoredContact) ? null : Contact,
    };

    /// <returns>
    /// Its ledger, where the cache does not have it yet and it is whole: every entry raises the epoch by one, so that an epoch
    /// other than the last sequence tells of an entry in between, or of ones that are gone. Null: nothing to remember.
    /// </returns>
    public RememberedLedger? ToRemember() => !_ledger.IsRemembered && _ledger.Entries is [.., var last] && last.Sequence == ConsentEpoch
        ? new(new(Id, ConsentEpoch), _ledger.Entries, _ledger.Entries.Min(entry => entry.ExpireAt) ?? StoredTime.NoEnd)
        : null;

    /// <summary>The names of the holds on a class, as records carry them.</summary>
    public IReadOnlyList<string> HoldsOn(RetentionClass member) => ProfileHold.On(member, Holds);

    private DateTimeOffset? LapseBefore() =>
        Activity.LapseBetween(LastInteractionAt, SeenAt, _policy!);

    private PermissionHistory Fold(DateTimeOffset act, DateTimeOffset? lapse) =>
        _others.Fold(_ledger.Entries, Activity.OfNothing(_policy!) with
        {
            Lapses = lapse is null ? _lapses : [.. _lapses, lapse.Value],
            LapsesAt = _policy!.Add(act, _policy!.InactivityCap),
            Contracts = Activity.ContractsOf(Facts, _policy!),
        });
}
