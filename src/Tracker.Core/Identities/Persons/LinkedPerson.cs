using Tracker.Core.Model;

namespace Tracker.Core.Identities.Persons;

/// <summary>A person after a merge or an unmerge.</summary>
/// <param name="Profiles">All profiles of the person, the oldest first; its id is the person's.</param>
/// <param name="Links">All that was ever said about them, oldest first.</param>
public sealed record LinkedPerson(IReadOnlyList<ProfileId> Profiles, IReadOnlyList<ProfileLink> Links)
{
    /// <summary>What was asked for is so already; nothing was written.</summary>
    public bool IsRepeat { get; init; }
}
