using Tracker.Core.Model;

namespace Tracker.Core.Identities;

/// <summary>
/// Which profiles are one person: those that links in force connect. In whatever order and on whatever node links were made and
/// taken back, the same links have the same people.
/// </summary>
public static class PersonGraph
{
    /// <summary>How many links a person may have had before another is made; taking one back is always possible.</summary>
    public const int MaxLinks = 100;

    /// <summary>Those that were not taken back.</summary>
    public static IReadOnlyList<ProfileLink> InForce(IReadOnlyList<ProfileLink> links)
    {
        var undone = links.Select(link => link.Undoes).OfType<LinkId>().ToHashSet();
        return [.. links.Where(link => link.Undoes is null && !undone.Contains(link.Id))];
    }

    /// <summary>The logs of several profiles as one, oldest first.</summary>
    public static IReadOnlyList<ProfileLink> Unite(IEnumerable<ProfileLink> links) => [.. links.DistinctBy(link => link.Id).OrderBy(link => link.Id.Value)];

    /// <summary>
    /// Whether somebody parted the two people, or said that they are two: what was said of a profile was said of all who were one with it then, and holds for all who
    /// joined them since.
    /// </summary>
    public static bool AreKnownAsTwo(ProfileId one, ProfileId other, IReadOnlyList<ProfileLink> links)
    {
        var (ofOne, ofOther) = (PersonOf(one, links), PersonOf(other, links));
        return links.Where(link => link.Undoes is not null).Any(link =>
        {
            List<ProfileLink> then = [.. links.Where(earlier => earlier.Id.Value.CompareTo(link.Id.Value) <= 0)];
            var (first, second) = (PersonOf(link.First, then), PersonOf(link.Second, then));
            return (first.Intersect(ofOne).Any() && second.Intersect(ofOther).Any()) || (first.Intersect(ofOther).Any() && second.Intersect(ofOne).Any());
        });
    }

    /// <returns>The profile and all that are the same person, the oldest first.</returns>
    public static IReadOnlyList<ProfileId> PersonOf(ProfileId profile, IReadOnlyList<ProfileLink> links)
    {
        var neighbours = InForce(links)
            .SelectMany(link => new[] { (From: link.First, To: link.Second), (From: link.Second, To: link.First) })
            .ToLookup(pair => pair.From, pair => pair.To);
        HashSet<ProfileId> person = [profile];
        Queue<ProfileId> next = new(person);
        while (next.TryDequeue(out var one))
        {
            foreach (var neighbour in neighbours[one].Where(person.Add))
            {
                next.Enqueue(neighbour);
            }
        }

        return [.. person.Order()];
    }
}
