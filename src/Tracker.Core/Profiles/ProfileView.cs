using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>A profile as far as one purpose may see it now; what it may not see is left at nothing.</summary>
public sealed record ProfileView
{
    public required ProfileId Id { get; init; }

    public required long ConsentEpoch { get; init; }

    /// <summary>All profiles that are this person, the oldest first.</summary>
    public IReadOnlyList<ProfileId> Members { get; init; } = [];

    public Stage Stage { get; init; }

    public ContactDetails? Contact { get; init; }

    public Preferences? Preferences { get; init; }

    /// <summary>When and to which source each field of contact and preferences was stated.</summary>
    public IReadOnlyList<SaidField> Statements { get; init; } = [];

    public DateTimeOffset? LastInteractionAt { get; init; }

    /// <summary>Before it nothing was known of the person.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>How the person came to the stage, oldest first.</summary>
    public IReadOnlyList<StageChange> StageHistory { get; init; } = [];

    public IReadOnlyList<IdentifierKind> IdentifierKinds { get; init; } = [];

    /// <summary>Null: while a consent stands or a legal hold keeps something, no end is known.</summary>
    public DateTimeOffset? ExpireAt { get; init; }
}
