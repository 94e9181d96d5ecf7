using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>What a commit or a consent changes of one profile.</summary>
internal sealed record ProfileUpdate
{
    public required ProfileId Profile { get; init; }

    public required bool IsNew { get; init; }

    public required long ExpectedEpoch { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required Facts Facts { get; init; }

    public required IReadOnlyList<IdentifierHash> NewIdentifiers { get; init; }

    public required DateTimeOffset? LastInteractionAt { get; init; }

    public required IReadOnlyDictionary<RetentionClass, WrappedKey> NewKeys { get; init; }

    public required bool RaisesEpoch { get; init; }

    public DateTimeOffset? Lapse { get; init; }

    /// <summary>Null: as it is.</summary>
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

    public static ProfileUpdate Of(ProfileChange change) => new()
    {
        Profile = change.Profile,
        IsNew = change.IsNew,
        ExpectedEpoch = change.ExpectedEpoch,
        SeenAt = change.SeenAt,
        Facts = change.Facts,
        NewIdentifiers = change.NewIdentifiers,
        LastInteractionAt = change.LastInteractionAt,
        NewKeys = change.NewKeys,
        RaisesEpoch = false,
        Lapse = change.Lapse,
        SealedAge = change.SealedAge,
        Reviews = change.Reviews,
        Contracts = change.Contracts,
    };

    public static ProfileUpdate Of(ConsentAppend append) => new()
    {
        Profile = append.Entry.Profile,
        IsNew = append.IsNewProfile,
        ExpectedEpoch = append.ExpectedEpoch,
        SeenAt = append.Entry.RecordedAt,
        Facts = append.Facts,
        NewIdentifiers = append.NewIdentifiers,
        LastInteractionAt = append.LastInteractionAt,
        NewKeys = append.NewKeys,
        RaisesEpoch = true,
        Lapse = append.Lapse,
        SealedAge = append.SealedAge,
        Reviews = append.Reviews,
        MayEndEarlier = append.Restamped.Count > 0,
    };

    /// <summary>Nothing changes but how long the profile lives.</summary>
    public static ProfileUpdate OfEnd(Control control) => new()
    {
        Profile = control.Profile,
        IsNew = false,
        ExpectedEpoch = control.ConsentEpoch,
        SeenAt = control.CreatedAt,
        Facts = Facts.None,
        NewIdentifiers = [],
        LastInteractionAt = null,
        NewKeys = new Dictionary<RetentionClass, WrappedKey>(),
        RaisesEpoch = false,
    };
}
