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
    /// <param name="personOf">Whose profile it is: of two people the likeliest two profiles are suggested; null: each is somebody else's.</param>
    /// <returns>The most likely first.</returns>
    public static IReadOnlyList<SuggestedMatch> Suggest(
        IReadOnlyList<MatchDetails> people,
        double threshold = DefaultThreshold,
        int most = int.MaxValue,
        Func<MatchDetails, MatchDetails, bool>? mayBeOne = null,
        Func<MatchDetails, ProfileId>? personOf = null,
        CancellationToken cancellation = default)
    {
        // In the order of what they state: the same people give the same in whatever order they are read, and whatever their ids are.
        IReadOnlyList<MatchDetails> ordered = [.. people.OrderBy(person => string.Join('\n', MatchComparison.Fields.Select(field => person[field])), StringComparer.Ordinal).ThenBy(person => person.Profile)];
        var blocks = MatchBlocks.Of(ordered);
        var model = MatchEstimator.Learn(ordered, blocks, cancellation);
        var likeliest = new LikeliestMatches(most);
        foreach (var (one, other) in blocks.Pairs().Select(pair => InOrder(ordered[pair.One], ordered[pair.Other])))
        {
            cancellation.ThrowIfCancellationRequested();
            var score = model.ScoreOf(one, other);
            if (score >= threshold && mayBeOne?.Invoke(one, other) != false)
            {
                likeliest.Add(score, one, other, personOf);
            }
        }

        return [.. likeliest.Descending.Select(match => new SuggestedMatch(match.One.Profile, match.Other.Profile, match.Score, model.Explain(match.One, match.Other)))];
    }

    private static (MatchDetails One, MatchDetails Other) InOrder(MatchDetails one, MatchDetails other) => one.Profile.CompareTo(other.Profile) < 0 ? (one, other) : (other, one);
}
