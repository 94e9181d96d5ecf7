namespace Tracker.Core.Identities.Matching;

/// <summary>
/// Which profiles may be of one person, though no identifier says so: a probabilistic record linkage (Fellegi-Sunter) over what they state.
/// A pure function of that: the same people give the same suggestions.
/// </summary>
public static class PersonMatcher
{
    /// <summary>More likely than not.</summary>
    public const double DefaultThreshold = 0.5;

    // The draw of pairs decides nothing but how often others agree by chance.
    private const int Seed = 1969;

    /// <param name="threshold">The least score that is suggested, between 0 and 1.</param>
    /// <returns>The most likely first.</returns>
    public static IReadOnlyList<SuggestedMatch> Suggest(IReadOnlyList<MatchDetails> people, double threshold = DefaultThreshold)
    {
        var model = MatchEstimator.Learn(people, new Random(Seed));
        return
        [
            .. MatchBlocks.Pairs(people)
                .Select(pair => Weigh(model, people[pair.One], people[pair.Other]))
                .Where(match => match.Score >= threshold)
                .OrderByDescending(match => match.Score)
                .ThenBy(match => match.One.Value)
                .ThenBy(match => match.Other.Value),
        ];
    }

    private static SuggestedMatch Weigh(MatchModel model, MatchDetails one, MatchDetails other)
    {
        var evidence = model.Weigh(one, MatchComparison.Compare(one, other));
        var odds = Math.Pow(2, model.PriorBits + evidence.Sum(said => said.Bits));
        return new(one.Profile, other.Profile, odds / (1 + odds), evidence);
    }
}
