using Tracker.Core.Model;

namespace Tracker.Core.Identities.Matching;

/// <summary>Of all pairs that a search finds the likeliest, and of two people one.</summary>
/// <param name="most">So many at most; what is less likely is forgotten at once.</param>
internal sealed class LikeliestMatches(int most)
{
    private readonly SortedSet<Found> _found = new(Comparer<Found>.Create(ByLikelihood));
    private readonly Dictionary<(ProfileId, ProfileId), Found> _byPeople = [];

    public IEnumerable<(double Score, MatchDetails One, MatchDetails Other)> Descending => _found.Reverse().Select(match => (match.Score, match.One, match.Other));

    /// <param name="personOf">Whose profile it is; null: each is somebody else's.</param>
    public void Add(double score, MatchDetails one, MatchDetails other, Func<MatchDetails, ProfileId>? personOf)
    {
        var (person, second) = (personOf?.Invoke(one) ?? one.Profile, personOf?.Invoke(other) ?? other.Profile);
        var match = new Found(score, one, other, person.CompareTo(second) < 0 ? (person, second) : (second, person));
        if (_byPeople.TryGetValue(match.People, out var known))
        {
            if (ByLikelihood(match, known) <= 0)
            {
                return;
            }

            Remove(known);
        }

        _found.Add(match);
        _byPeople[match.People] = match;
        if (_found.Count > most)
        {
            Remove(_found.Min);
        }
    }

    private void Remove(Found match)
    {
        _found.Remove(match);
        _byPeople.Remove(match.People);
    }

    /// <summary>The least likely first; of equals the one with the higher ids.</summary>
    private static int ByLikelihood(Found a, Found b) =>
        a.Score != b.Score ? a.Score.CompareTo(b.Score)
        : a.One.Profile != b.One.Profile ? b.One.Profile.CompareTo(a.One.Profile)
        : b.Other.Profile.CompareTo(a.Other.Profile);

    private readonly record struct Found(double Score, MatchDetails One, MatchDetails Other, (ProfileId, ProfileId) People);
}
