using System.Collections.Frozen;
using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// What the permitted interactions of one micro-batch change of one profile. Changes are merged into what is stored,
/// they do not replace it: facts by <see cref="Facts.Merge"/>, dates by the later one.
/// </summary>
public sealed record ProfileChange
{
    public required ProfileId Profile { get; init; }

    /// <summary>The profile does not exist yet: none of <see cref="NewIdentifiers"/> may be known at the commit.</summary>
    public required bool IsNew { get; init; }

    /// <summary>The counter the decisions were made under; the commit is stale under any other.</summary>
    public required long ExpectedEpoch { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public Facts Facts { get; init; } = Facts.None;

    /// <summary>Identifiers to link; each must be unknown, or lead to this profile, at the commit.</summary>
    public IReadOnlyList<IdentifierHash> NewIdentifiers { get; init; } = [];

    /// <summary>Machines that are to lead here instead of to that profile; each must lead there, or here, or nowhere, at the commit.</summary>
    public IReadOnlyDictionary<IdentifierHash, ProfileId> TakenIdentifiers { get; init; } = FrozenDictionary<IdentifierHash, ProfileId>.Empty;

    /// <summary>Machines that others had in between, within this micro-batch, and that are back.</summary>
    public IReadOnlyDictionary<IdentifierHash, IReadOnlyList<ProfileId>> PassedOn { get; init; } = FrozenDictionary<IdentifierHash, IReadOnlyList<ProfileId>>.Empty;

    /// <summary>The other profiles of the person, where these interactions say something that counts for them: their decisions are stale with it, and its reviews are theirs.</summary>
    public IReadOnlyList<ProfileId> Members { get; init; } = [];

    /// <summary>UTC day of the latest act that counts for retention, if it is later than what was read.</summary>
    public DateTimeOffset? LastInteractionAt { get; init; }

    /// <summary>The inactivity cap fired between the last act and this one, at that instant.</summary>
    public DateTimeOffset? Lapse { get; init; }

    /// <summary>When everything of the profile is looked at again because of these interactions; written with them.</summary>
    public IReadOnlyList<DateTimeOffset> Reviews { get; init; } = [];

    /// <summary>
    /// Orders, quotes and contracts that these interactions prove to be this person's; each must be unknown, or this
    /// profile's, at the commit, and lives to the later of its ends.
    /// </summary>
    public IReadOnlyList<ContractLink> Contracts { get; init; } = [];

    /// <summary>Those of them that nobody had when it was decided: a hint to the store what it need not look for first.</summary>
    public IReadOnlySet<UInt128> NewContracts { get; init; } = FrozenSet<UInt128>.Empty;

    /// <summary>Age as last stated, sealed; null: as it is.</summary>
    public ReadOnlyMemory<byte>? SealedAge { get; init; }

    /// <summary>Keys of classes that have none; the commit is stale if one has come into being since.</summary>
    public IReadOnlyDictionary<RetentionClass, WrappedKey> NewKeys { get; init; } = FrozenDictionary<RetentionClass, WrappedKey>.Empty;

    /// <summary>The contact document to store; its version follows the one that was read.</summary>
    public ContactDocument? Contact { get; init; }

    public ProfileUpdate ToUpdate() => new()
    {
        Profile = Profile,
        IsNew = IsNew,
        ExpectedEpoch = ExpectedEpoch,
        SeenAt = SeenAt,
        Facts = Facts,
        NewIdentifiers = NewIdentifiers,
        TakenIdentifiers = TakenIdentifiers,
        PassedOn = PassedOn,
        Members = Members,
        LastInteractionAt = LastInteractionAt,
        NewKeys = NewKeys,
        RaisesEpoch = false,
        Lapse = Lapse,
        SealedAge = SealedAge,
        Reviews = Reviews,
        Contracts = Contracts,
    };
}
