using Tracker.Core.Consents;
using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Profiles.Matching;

/// <summary>A profile that may be compared, as long as the search lasts.</summary>
/// <param name="Person">The oldest profile of the person.</param>
/// <param name="Numberings">In which the profile has the one number that a person has.</param>
/// <param name="Apart">Profiles that somebody has said are another person than this one, or has parted from it.</param>
internal sealed record MatchCandidate(MatchDetails Details, ProfileId Person, IReadOnlyList<(IdentifierKind, uint)> Numberings, IReadOnlyList<ProfileId> Apart)
{
    public static MatchCandidate Of(MatchDetails details, KnownPerson known, IdentityRules rules)
    {
        var control = known.Control;
        return new(
            details,
            control.Members.Append(control.Profile).Min(),
            [.. control.Identifiers.Where(identifier => rules.Of(identifier.Kind).IsUnique).Select(identifier => (identifier.Kind, identifier.Scheme)).Distinct()],
            [.. control.Links.Where(link => link.Undoes is not null && (link.First == control.Profile || link.Second == control.Profile)).Select(link => link.First == control.Profile ? link.Second : link.First).Distinct()]);
    }

    /// <summary>Neither one already, nor known to be two, nor two by what a merge is refused for.</summary>
    public bool MayBe(MatchCandidate other) =>
        Person != other.Person
        && !Apart.Contains(other.Details.Profile)
        && !other.Apart.Contains(Details.Profile)
        && !Numberings.Intersect(other.Numberings).Any();
}
