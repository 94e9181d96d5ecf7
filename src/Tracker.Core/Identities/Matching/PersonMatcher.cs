using Tracker.Core.Model;

namespace Tracker.Core.Identities.Matching;

/// <summary>
/// Which profiles may be of one person, though no identifier says so: a probabilistic record linkage (Fellegi-Sunter) over what they state.
/// A pure function of that: the same people give the same suggestions.
/// </summary>
public static class PersonMatcher
{
    /// <summary>More likely than not.</summary>
    public const double DefaultThreshold = 0.5;

    /// <param name="threshold">The least score that is suggested, between 0 and 1.</param>
    /// <param name="most">So many at most, the likeliest.</param>
    /// <param name="mayBeOne">Whether two of them may be suggested at all.</param>
    /// <returns>The most likely first.</returns>
    public static IReadOnlyList<SuggestedMatch> Suggest(
        IReadOnlyList<MatchDetails> people,
        double threshold = DefaultThreshold,
        int most = int.MaxValue,
        Func<MatchDetails, MatchDetails, bool>? mayBeOne = null,
        CancellationToken cancellation = default)
    {
        var model = MatchEstimator.Learn(people);
        PriorityQueue<SuggestedMatch, (double, ProfileId, ProfileId)> likeliest = new(Comparer<(double Score, ProfileId One, ProfileId Other)>.Create(ByLikelihood));
        foreach (var (one, other) in MatchBlocks.Of(people).Pairs())
        {
            cancellation.ThrowIfCancellationRequested();
            var score = model.ScoreOf(people[one], people[other]);
            if (score < threshold || mayBeOne?.Invoke(people[one], people[other]) == false)
            {
                continue;
            }

            likeliest.Enqueue(
                new(people[one].Profile, people[other].Profile, score, model.Explain(people[one], people[other])),
                (score, people[one].Profile, people[other].Profile));
            if (likeliest.Count > most)
            {
                likeliest.Dequeue();
            }
        }

        List<SuggestedMatch> found = [];
        while (likeliest.TryDequeue(out var match, out _))
        {
            found.Add(match);
        }

        found.Reverse();
        return found;
    }

    /// <summary>The least likely first; of equals the one with the higher ids.</summary>
    private static int ByLikelihood((double Score, ProfileId One, ProfileId Other) a, (double Score, ProfileId One, ProfileId Other) b) =>
        a.Score != b.Score ? a.Score.CompareTo(b.Score)
        : a.One != b.One ? b.One.CompareTo(a.One)
        : b.Other.CompareTo(a.Other);
}
