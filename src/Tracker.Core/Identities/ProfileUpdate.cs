using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>What a commit or a consent changes of one profile.</summary>
public sealed record ProfileUpdate
{
    public required ProfileId Profile { get; init; }

    public required bool IsNew { get; init; }

    public required long ExpectedEpoch { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required Facts Facts { get; init; }

    public required IReadOnlyList<IdentifierHash> NewIdentifiers { get; init; }

    /// <summary>Those that led to that profile and lead here from now on.</summary>
    public IReadOnlyDictionary<IdentifierHash, ProfileId> TakenIdentifiers { get; init; } = FrozenDictionary<IdentifierHash, ProfileId>.Empty;

    /// <summary>Machines that others had in between, within one micro-batch, and that are back.</summary>
    public IReadOnlyDictionary<IdentifierHash, IReadOnlyList<ProfileId>> PassedOn { get; init; } = FrozenDictionary<IdentifierHash, IReadOnlyList<ProfileId>>.Empty;

    /// <summary>All whose links change with it.</summary>
    public IEnumerable<IdentifierHash> LinkedIdentifiers => LinksNothing ? [] : NewIdentifiers.Concat(TakenIdentifiers.Keys).Concat(PassedOn.Keys).Distinct();

    /// <summary>What these are known by under other versions of the key, where they may be linked too.</summary>
    public IEnumerable<IdentifierHash> LinkedUnderOtherKeys => LinkedIdentifiers.SelectMany(identifier => identifier.UnderOtherKeys ?? []);

    /// <summary>As most updates of a known person do.</summary>
    private bool LinksNothing => NewIdentifiers.Count + TakenIdentifiers.Count + PassedOn.Count == 0;

    public required DateTimeOffset? LastInteractionAt { get; init; }

    public required IReadOnlyDictionary<RetentionClass, WrappedKey> NewKeys { get; init; }

    public required bool RaisesEpoch { get; init; }

    /// <summary>The other profiles of the person, whose person epoch goes up and whose reviews are asked for with this one's epoch.</summary>
    public IReadOnlyList<ProfileId> Members { get; init; } = [];

    /// <summary>Who is the same person from now on, which raises the person epoch; null: as it is.</summary>
    public PersonState? Person { get; init; }

    public DateTimeOffset? Lapse { get; init; }

    /// <summary>All of it, so that nobody may have changed it meanwhile: it raises the person epoch. Null: as it is.</summary>
    public ReadOnlyMemory<byte>? SealedAge { get; init; }

    public IReadOnlyList<ContractLink> Contracts { get; init; } = [];

    /// <summary>Null: as they are.</summary>
    public IReadOnlyList<ProfileHold>? Holds { get; init; }

    /// <summary>Null: as it is.</summary>
    public bool? IsRestricted { get; init; }

    /// <summary>Classes whose keys are destroyed.</summary>
    public RetentionClasses DestroyedKeys { get; init; }

    /// <summary>When the profile is looked at again.</summary>
    public IReadOnlyList<DateTimeOffset> Reviews { get; init; } = [];

    /// <summary>Something of the profile ends earlier now, so its own end was counted anew and may be earlier too.</summary>
    public bool MayEndEarlier { get; init; }

    /// <summary>Nothing changes but how long the profile lives.</summary>
    public static ProfileUpdate OfEnd(Control control) => new()
    {
        Profile = control.Profile,
        IsNew = false,
        ExpectedEpoch = control.DecisionEpoch,
        SeenAt = control.CreatedAt,
        Facts = Facts.None,
        NewIdentifiers = [],
        LastInteractionAt = null,
        NewKeys = new Dictionary<RetentionClass, WrappedKey>(),
        RaisesEpoch = false,
    };

    /// <summary>What becomes of another profile of the person whose ledger, age or restriction this update changes.</summary>
    public ProfileUpdate ForMember(Control member) => OfEnd(member) with { Person = new(member.Links, member.Members), Reviews = Reviews };

    /// <summary>Whether decisions that were made before it are stale.</summary>
    public bool MakesStale => RaisesEpoch || Person is not null || SealedAge is not null;

    /// <summary>
    /// A link that is known under another version of the key says the same from now on: a node whose clock is behind follows that one,
    /// and whoever had the machine before has no other to see by that somebody else was named on it (E11).
    /// </summary>
    /// <param name="isLinked">Whether there is a link of it.</param>
    public ProfileUpdate UnderEveryKey(Func<IdentifierHash, bool> isLinked)
    {
        if (LinksNothing || !LinkedUnderOtherKeys.Any(isLinked))
        {
            return this;
        }

        IEnumerable<IdentifierHash> Known(IdentifierHash identifier) => identifier.UnderOtherKeys?.Where(isLinked) ?? [];
        IReadOnlyDictionary<IdentifierHash, T> Spread<T>(IReadOnlyDictionary<IdentifierHash, T> machines) => machines
            .Concat(machines.SelectMany(machine => Known(machine.Key).Select(other => KeyValuePair.Create(other, machine.Value))))
            .DistinctBy(machine => machine.Key)
            .ToDictionary();
        return this with
        {
            NewIdentifiers = [.. NewIdentifiers.Concat(NewIdentifiers.SelectMany(Known)).Distinct()],
            TakenIdentifiers = Spread(TakenIdentifiers),
            PassedOn = Spread(PassedOn),
        };
    }

    /// <returns>The control document after this update.</returns>
    /// <param name="control">As it is stored; null: the profile is new, or what was stored has expired.</param>
    /// <param name="until">The latest end of what the update brings, or of all that is left where it was counted anew.</param>
    public Control Merge(TenantId tenant, Control? control, DateTimeOffset until)
    {
        var merged = control ?? new Control
        {
            Tenant = tenant,
            Profile = Profile,
            CreatedAt = SeenAt,
            ExpireAt = until,
        };
        var holds = Holds ?? merged.Holds;
        var end = MayEndEarlier ? until : ExpiryStamps.Later(merged.ExpireAt, until);
        return merged with
        {
            ConsentEpoch = RaisesEpoch ? merged.ConsentEpoch + 1 : merged.ConsentEpoch,
            PersonEpoch = Person is null && (SealedAge is null || control is null) ? merged.PersonEpoch : merged.PersonEpoch + 1,
            Links = Person?.Links ?? merged.Links,
            Members = Person?.Members ?? merged.Members,
            Facts = merged.Facts.Merge(Facts),
            Identifiers = NewIdentifiers.Count + TakenIdentifiers.Count == 0 ? merged.Identifiers : [.. merged.Identifiers.Union(LinkedIdentifiers)],
            LastInteractionAt = merged.LastInteractionAt > LastInteractionAt ? merged.LastInteractionAt : LastInteractionAt ?? merged.LastInteractionAt,
            Lapses = Lapse is { } lapse ? [.. merged.Lapses.Append(lapse).Distinct().Order()] : merged.Lapses,
            SealedAge = SealedAge ?? merged.SealedAge,
            Holds = holds,
            IsRestricted = IsRestricted ?? merged.IsRestricted,
            ExpireAt = holds.Count > 0 ? StoredTime.NoEnd : end,
        };
    }

    /// <returns>The wrapped keys after this update; empty: none are left.</returns>
    /// <param name="stored">Those that are stored and have not expired; null: there are none.</param>
    public IReadOnlyDictionary<RetentionClass, WrappedKey> MergeKeys(ProfileKeys? stored)
    {
        var keys = new SortedDictionary<RetentionClass, WrappedKey>();
        foreach (var (member, wrapped) in (stored?.Keys ?? NewKeys).Concat(NewKeys))
        {
            keys[member] = wrapped;
        }

        foreach (var member in DestroyedKeys.Members())
        {
            keys.Remove(member);
        }

        return keys;
    }

    /// <returns>Whether an identifier leads elsewhere by now than it was decided on. One that somebody took from this profile at once is where it was decided to be.</returns>
    public bool IsElsewhere(IdentifierHash identifier, IdentifierLink link) => TakenIdentifiers.TryGetValue(identifier, out var from)
        ? link.Profile != from && link.Profile != Profile
        : (IsNew || link.Profile != Profile) && !link.Earlier.Contains(Profile);

    /// <returns>Whether the control is no longer what the update was prepared on.</returns>
    public bool IsOvertaken(Control? control) => IsNew
        ? control is not null || ExpectedEpoch != 0
        : control is null || control.DecisionEpoch != ExpectedEpoch;

    /// <returns>Whether the keys have to be written anew.</returns>
    public bool ChangesKeys(Control written, Control? before) =>
        NewKeys.Count > 0 || !DestroyedKeys.IsEmpty || before?.ExpireAt != written.ExpireAt;
}
