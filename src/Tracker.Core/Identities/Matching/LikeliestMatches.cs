using Tracker.Core.Model;

namespace Tracker.Core.Identities.Matching;

/// <summary>Of all pairs that a search finds the likeliest, and of two people one.</summary>
/// <param name="most">So many at most; what is less likely is forgotten at once.</param>
internal sealed class LikeliestMatches(int most)
{
    private readonly SortedSet<(double Score, MatchDetails One, MatchDetails Other)> _found = new(Comparer<(double Score, MatchDetails One, MatchDetails Other)>.Create(ByLikelihood));
    private readonly Dictionary<(ProfileId, ProfileId), (double Score, MatchDetails One, MatchDetails Other)> _byPeople = [];
    private readonly Dictionary<(ProfileId, ProfileId), (ProfileId, ProfileId)> _peopleOf = [];

    public IEnumerable<(double Score, MatchDetails One, MatchDetails Other)> Descending => _found.Reverse();

    /// <param name="personOf">Whose profile it is; null: each is somebody else's.</param>
    public void Add(double score, MatchDetails one, MatchDetails other, Func<MatchDetails, ProfileId>? personOf)
    {
        var match = (score, one, other);
        if (_found.Count >= most && ByLikelihood(match, _found.Min) < 0)
        {
            return;
        }

        var (person, second) = (personOf?.Invoke(one) ?? one.Profile, personOf?.Invoke(other) ?? other.Profile);
        var people = person.CompareTo(second) < 0 ? (person, second) : (second, person);
        if (_byPeople.TryGetValue(people, out var known))
        {
            if (ByLikelihood(match, known) <= 0)
            {
                return;
            }

            Remove(known);
        }

        _found.Add(match);
        _byPeople[people] = match;
        _peopleOf[(one.Profile, other.Profile)] = people;
        if (_found.Count > most)
        {
            Remove(_found.Min);
        }
    }

    private void Remove((double Score, MatchDetails One, MatchDetails Other) match)
    {
        _found.Remove(match);
        _peopleOf.Remove((match.One.Profile, match.Other.Profile), out var people);
        _byPeople.Remove(people);
    }

    /// <summary>The least likely first; of equals the one with the higher ids.</summary>
    private static int ByLikelihood((double Score, MatchDetails One, MatchDetails Other) a, (double Score, MatchDetails One, MatchDetails Other) b) =>
        a.Score != b.Score ? a.Score.CompareTo(b.Score)
        : a.One.Profile != b.One.Profile ? b.One.Profile.CompareTo(a.One.Profile)
        : b.Other.Profile.CompareTo(a.Other.Profile);
}
