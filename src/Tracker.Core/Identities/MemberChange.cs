using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>What of one profile a merge or an unmerge changes.</summary>
/// <param name="Read">The control that it was prepared on.</param>
/// <param name="Links">All of its links from now on.</param>
/// <param name="Members">The other profiles of the person from now on.</param>
public sealed record MemberChange(Control Read, IReadOnlyList<ProfileLink> Links, IReadOnlyList<ProfileId> Members)
{
    public ProfileUpdate ToUpdate(IReadOnlyList<DateTimeOffset> reviews) => ProfileUpdate.OfEnd(Read) with { Person = new(Links, Members), Reviews = reviews };
}
