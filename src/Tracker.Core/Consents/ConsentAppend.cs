using System.Collections.Frozen;
using Tracker.Core.Identities;
using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>One decision to append, with what must change together with it.</summary>
public sealed record ConsentAppend
{
    public required ConsentEntry Entry { get; init; }

    /// <summary>The profile does not exist yet: none of <see cref="NewIdentifiers"/> may be known at the append.</summary>
    public required bool IsNewProfile { get; init; }

    /// <summary>The counter the decision was prepared under; the append is stale under any other.</summary>
    public required long ExpectedEpoch { get; init; }

    /// <summary>The other profiles of the same person: what they were decided under is stale with it too, and its reviews are theirs.</summary>
    public IReadOnlyList<ProfileId> Members { get; init; } = [];

    public IReadOnlyList<IdentifierHash> NewIdentifiers { get; init; } = [];

    /// <summary>Machines that are to lead here instead of to that profile; each must lead there, or here, or nowhere, at the append.</summary>
    public IReadOnlyDictionary<IdentifierHash, ProfileId> TakenIdentifiers { get; init; } = FrozenDictionary<IdentifierHash, ProfileId>.Empty;

    public Facts Facts { get; init; } = Facts.None;

    /// <summary>UTC day of the act, where it counts for retention.</summary>
    public DateTimeOffset? LastInteractionAt { get; init; }

    /// <summary>The inactivity cap fired between the last act and this one, at that instant.</summary>
    public DateTimeOffset? Lapse { get; init; }

    /// <summary>Age as stated with the decision, sealed; null: as it is.</summary>
    public ReadOnlyMemory<byte>? SealedAge { get; init; }

    /// <summary>Keyed hashes of the tokens that confirm the entry (double opt-in); they lead to the entry for as long as the entry lives.</summary>
    public IReadOnlyList<UInt128> Confirmations { get; init; } = [];

    /// <summary>Keys of classes that have none; the append is stale if one has come into being since.</summary>
    public IReadOnlyDictionary<RetentionClass, WrappedKey> NewKeys { get; init; } = new Dictionary<RetentionClass, WrappedKey>();

    /// <summary>When everything of the profile is looked at again because of this entry; written with it.</summary>
    public IReadOnlyList<DateTimeOffset> Reviews { get; init; } = [];

    /// <summary>New days of deletion for earlier entries of the profile that this one ends; null: none while a consent needs them (CONSENT_ACTIVE).</summary>
    public IReadOnlyDictionary<ConsentId, DateTimeOffset?> Restamped { get; init; } = new Dictionary<ConsentId, DateTimeOffset?>();

    /// <summary>The notices that the entry, or one of those whose day moves, refers to: they are kept by them. A store may let appends under one notice wait for each other.</summary>
    public IReadOnlyList<(string Id, string Version)> Notices { get; init; } = [];

    public ProfileUpdate ToUpdate() => new()
    {
        Profile = Entry.Profile,
        IsNew = IsNewProfile,
        ExpectedEpoch = ExpectedEpoch,
        SeenAt = Entry.RecordedAt,
        Facts = Facts,
        NewIdentifiers = NewIdentifiers,
        TakenIdentifiers = TakenIdentifiers,
        LastInteractionAt = LastInteractionAt,
        NewKeys = NewKeys,
        RaisesEpoch = true,
        Members = Members,
        Lapse = Lapse,
        SealedAge = SealedAge,
        Reviews = Reviews,
        MayEndEarlier = Restamped.Count > 0,
    };
}
