using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <param name="Links">All that was ever said about a profile and others being one person.</param>
/// <param name="Members">The others that are.</param>
public sealed record PersonState(IReadOnlyList<ProfileLink> Links, IReadOnlyList<ProfileId> Members);
