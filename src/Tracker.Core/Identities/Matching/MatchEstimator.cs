namespace Tracker.Core.Identities.Matching;

/// <summary>
/// Learns the weights from the people themselves, without anybody having told who is who: how often others agree from pairs drawn at random, how
/// often the same person does from pairs that agree in something whole, by expectation maximisation over all other fields (Winkler 1988).
/// </summary>
internal static class MatchEstimator
{
    private const int Rounds = 60;
    private const int Draws = 60_000;

    // What is believed before anything is seen, in the order of the levels; it also keeps what nobody states from weighing anything absurd.
    private static readonly double[][] Believed =
    [
        [0.05, 0.05, 0.10, 0.75, 0.05],
        [0.05, 0.05, 0.10, 0.75, 0.05],
        [0.05, 0.05, 0.10, 0.15, 0.65],
        [0.25, 0.15, 0.60],
        [0.10, 0.15, 0.75],
        [0.05, 0.05, 0.10, 0.20, 0.60],
        [0.30, 0.10, 0.60],
    ];

    private static readonly (Func<MatchDetails, string> Key, MatchField[] Fields)[] Anchors =
    [
        (person => person.BirthDate, [MatchField.BirthDate]),
        (person => Whole(person.GivenName, person.FamilyName), [MatchField.GivenName, MatchField.FamilyName]),
        (person => person.Email, [MatchField.Email]),
        (person => person.Phone, [MatchField.Phone]),
        (person => Whole(person.FamilyName, person.City), [MatchField.FamilyName, MatchField.City]),
    ];

    public static MatchModel Learn(IReadOnlyList<MatchDetails> people, Random random)
    {
        var others = Others(people, random);
        var learned = Anchors.Select(anchor => Learn(people, anchor.Key, anchor.Fields, others)).ToList();
        var same = MatchComparison.Fields.Select(field => Average(learned.Where(one => !one.Anchor.Contains(field)), field)).ToArray();
        // One other profile of the same person is what is expected of each.
        var prior = Math.Log2(2d / Math.Max(2, people.Count - 1));
        return new(same, others, prior, Frequencies(people));
    }

    private static string Whole(string one, string other) => one.Length > 0 && other.Length > 0 ? $"{one} {other}" : "";

    private static double[][] Others(IReadOnlyList<MatchDetails> people, Random random)
    {
        var counts = MatchComparison.Fields.Select(field => Enumerable.Repeat(0.5, MatchComparison.LevelsOf(field)).ToArray()).ToArray();
        for (var draw = 0; draw < Draws && people.Count > 1; draw++)
        {
            var (one, other) = (random.Next(people.Count), random.Next(people.Count - 1));
            Add(counts, MatchComparison.Compare(people[one], people[other < one ? other : other + 1]), 1);
        }

        return [.. counts.Select(Shares)];
    }

    private static (double Matches, double[][] Same, MatchField[] Anchor) Learn(IReadOnlyList<MatchDetails> people, Func<MatchDetails, string> key, MatchField[] anchor, double[][] others)
    {
        var pairs = MatchBlocks.Pairs(people, person => key(person) is { Length: > 0 } text ? [text] : []);
        var compared = pairs.Select(pair => MatchComparison.Compare(people[pair.One], people[pair.Other])).ToList();
        var (same, share, matches) = (Believed, 0.5, 0d);
        for (var round = 0; round < Rounds && compared.Count > 0; round++)
        {
            var counts = Believed.Select(levels => levels.ToArray()).ToArray();
            matches = 0;
            foreach (var levels in compared)
            {
                var likely = Likely(levels, anchor, same, others, share);
                matches += likely;
                Add(counts, levels, likely);
            }

            share = Math.Min(0.999, matches / compared.Count);
            same = [.. counts.Select(Shares)];
        }

        return (matches, same, anchor);
    }

    private static double Likely(sbyte[] levels, MatchField[] anchor, double[][] same, double[][] others, double share)
    {
        var (one, two) = (share, 1 - share);
        foreach (var field in MatchComparison.Fields)
        {
            if (levels[(int)field] is >= 0 and var level && !anchor.Contains(field))
            {
                one *= same[(int)field][level];
                two *= others[(int)field][level];
            }
        }

        return one / (one + two);
    }

    /// <summary>Each anchor counts by how many matches it was learned from.</summary>
    private static double[] Average(IEnumerable<(double Matches, double[][] Same, MatchField[] Anchor)> learned, MatchField field)
    {
        var sums = Believed[(int)field].ToArray();
        foreach (var (matches, same, _) in learned)
        {
            for (var level = 0; level < sums.Length; level++)
            {
                sums[level] += matches * same[(int)field][level];
            }
        }

        return Shares(sums);
    }

    private static Dictionary<(MatchField Field, string Text), double> Frequencies(IReadOnlyList<MatchDetails> people) => MatchComparison.Fields
        .SelectMany(field =>
        {
            var stated = people.Select(person => person[field]).Where(text => text.Length > 0).ToList();
            return stated.CountBy(text => text).Select(text => KeyValuePair.Create((field, text.Key), text.Value / (double)stated.Count));
        })
        .ToDictionary();

    private static void Add(double[][] counts, sbyte[] levels, double weight)
    {
        for (var field = 0; field < counts.Length; field++)
        {
            if (levels[field] >= 0)
            {
                counts[field][levels[field]] += weight;
            }
        }
    }

    private static double[] Shares(double[] counts)
    {
        var sum = counts.Sum();
        return [.. counts.Select(count => count / sum)];
    }
}
