namespace Tracker.Core.Identities.Matching;

/// <summary>
/// Learns the weights from the people themselves, without anybody having told who is who: how often others agree from pairs that have nothing to do
/// with each other; how often the same person does, and how often others of whom something whole agrees, from pairs that agree in just that,
/// by expectation maximisation over all other fields (Winkler 1988).
/// </summary>
internal static class MatchEstimator
{
    private const int Rounds = 60;
    private const int Draws = 60_000;
    // Of the golden ratio: its multiples are spread evenly, however many people there are (Knuth's multiplicative hash).
    private const uint Spread = 2_654_435_761;

    // Pairs of an anchor; of more it takes every second, every third.
    private const int Learned = 50_000;

    // As many pairs as this are believed to have been seen before the first one.
    private const double Belief = 10;

    // What is believed before anything is seen, of one person and of two, in the order of the levels; it also keeps what nobody states from weighing anything absurd.
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

    private static readonly double[][] BelievedOfOthers =
    [
        [0.90, 0.07, 0.01, 0.0195, 0.0005],
        [0.92, 0.06, 0.01, 0.0095, 0.0005],
        [0.86, 0.10, 0.03, 0.009, 0.001],
        [0.97, 0.02, 0.01],
        [0.86, 0.02, 0.12],
        [0.93, 0.04, 0.02, 0.0095, 0.0005],
        [0.99, 0.008, 0.002],
    ];

    private static readonly (MatchContext Context, Func<MatchDetails, string> Key, MatchField[] Fields)[] Anchors =
    [
        (MatchContext.Any, person => person.BirthDate, [MatchField.BirthDate]),
        (MatchContext.SameName, person => Whole(person.GivenName, person.FamilyName), [MatchField.GivenName, MatchField.FamilyName]),
        (MatchContext.Any, person => person.Email, [MatchField.Email]),
        (MatchContext.Any, person => person.Phone, [MatchField.Phone]),
        (MatchContext.SameFamily, person => Whole(person.FamilyName, person.City), [MatchField.FamilyName, MatchField.City]),
    ];

    /// <param name="blocks">Of all that are compared.</param>
    public static MatchModel Learn(IReadOnlyList<MatchDetails> people, MatchBlocks blocks, CancellationToken cancellation)
    {
        var others = Others(people, cancellation);
        var learned = Anchors.Select(anchor => Learn(people, anchor.Key, anchor.Fields, others, cancellation)).ToList();
        var same = MatchComparison.Fields.Select(field => Average(learned.Where(one => !one.Anchor.Contains(field)), field)).ToArray();
        double[][][] othersOf = [.. Enum.GetValues<MatchContext>().Select(context => context == MatchContext.Any ? others : learned[Array.FindIndex(Anchors, anchor => anchor.Context == context)].Others)];
        // One other profile of the same person is what is expected of each, before anything is compared.
        var model = new MatchModel(same, othersOf, Math.Log2(2d / Math.Max(2, people.Count - 1)), Frequencies(people));
        return model.WithPrior(Prior(people, blocks, model, cancellation));
    }

    /// <summary>How many of all pairs are of one person, by what the model says of those that are compared.</summary>
    private static double Prior(IReadOnlyList<MatchDetails> people, MatchBlocks blocks, MatchModel model, CancellationToken cancellation)
    {
        var apart = (Pairs(blocks, cancellation).Count() / Learned) + 1;
        List<double> bits = [.. Pairs(blocks, cancellation).Where((_, place) => place % apart == 0).Select(pair => model.BitsOf(people[pair.One], MatchComparison.Compare(people[pair.One], people[pair.Other])))];
        var (all, prior) = (people.Count * (people.Count - 1d) / 2, model.PriorBits);
        for (var round = 0; round < Rounds && bits.Count > 0; round++)
        {
            var matches = bits.Sum(one => MatchModel.Likely(one + prior)) * apart;
            prior = Math.Log2(Math.Max(1, matches) / all);
        }

        return prior;
    }

    private static IEnumerable<(int One, int Other)> Pairs(MatchBlocks blocks, CancellationToken cancellation)
    {
        foreach (var pair in blocks.Pairs())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return pair;
        }
    }

    private static string Whole(string one, string other) => one.Length > 0 && other.Length > 0 ? $"{one} {other}" : "";

    private static double[][] Others(IReadOnlyList<MatchDetails> people, CancellationToken cancellation)
    {
        var counts = Believing(BelievedOfOthers);
        foreach (var (one, other) in people.Count * (people.Count - 1L) / 2 <= Draws ? AllPairs(people.Count) : SomePairs(people.Count))
        {
            cancellation.ThrowIfCancellationRequested();
            Add(counts, MatchComparison.Compare(people[one], people[other]), 1);
        }

        return [.. counts.Select(Shares)];
    }

    private static IEnumerable<(int One, int Other)> AllPairs(int count)
    {
        for (var one = 0; one < count; one++)
        {
            for (var other = one + 1; other < count; other++)
            {
                yield return (one, other);
            }
        }
    }

    /// <summary>Each in turn with anybody else.</summary>
    private static IEnumerable<(int One, int Other)> SomePairs(int count) =>
        Enumerable.Range(0, Draws).Select(draw => (draw % count, (int)(((ulong)draw + 1 + ((ulong)unchecked((uint)draw * Spread) * (ulong)(count - 1) >> 32)) % (ulong)count)));

    private static Anchored Learn(IReadOnlyList<MatchDetails> people, Func<MatchDetails, string> key, MatchField[] anchor, double[][] others, CancellationToken cancellation)
    {
        var blocks = new MatchBlocks(people, person => key(person) is { Length: > 0 } text ? [text] : []);
        var apart = (Pairs(blocks, cancellation).Count() / Learned) + 1;
        var compared = Pairs(blocks, cancellation).Where((_, place) => place % apart == 0).Select(pair => MatchComparison.Compare(people[pair.One], people[pair.Other])).ToList();
        var (same, two, share, matches) = (Believed, others, 0.5, 0d);
        for (var round = 0; round < Rounds && compared.Count > 0; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (counts, countsOfTwo) = (Believing(Believed), Believing(others));
            matches = 0;
            foreach (var levels in compared)
            {
                var likely = Likely(levels, anchor, same, two, share);
                matches += likely;
                Add(counts, levels, likely);
                Add(countsOfTwo, levels, 1 - likely);
            }

            share = Math.Clamp(matches / compared.Count, 0.001, 0.999);
            (same, two) = ([.. counts.Select(Shares)], [.. countsOfTwo.Select(Shares)]);
        }

        return new(anchor, matches * apart, same, two);
    }

    private static double Likely(sbyte[] levels, MatchField[] anchor, double[][] same, double[][] others, double share)
    {
        var (one, two) = (share, 1 - share);
        foreach (var field in MatchComparison.Fields)
        {
            if (levels[MatchComparison.PlaceOf(field)] is >= 0 and var level && !anchor.Contains(field))
            {
                one *= same[MatchComparison.PlaceOf(field)][level];
                two *= others[MatchComparison.PlaceOf(field)][level];
            }
        }

        return one / (one + two);
    }

    /// <summary>Each anchor counts by how many matches it was learned from.</summary>
    private static double[] Average(IEnumerable<Anchored> learned, MatchField field)
    {
        var sums = Believed[MatchComparison.PlaceOf(field)].ToArray();
        foreach (var one in learned)
        {
            for (var level = 0; level < sums.Length; level++)
            {
                sums[level] += one.Matches * one.Same[MatchComparison.PlaceOf(field)][level];
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

    private static double[][] Believing(double[][] shares) => [.. shares.Select(levels => levels.Select(level => level * Belief).ToArray())];

    private static double[] Shares(double[] counts)
    {
        var sum = counts.Sum();
        return [.. counts.Select(count => count / sum)];
    }

    /// <summary>What pairs that agree in something whole tell of the other fields.</summary>
    private sealed record Anchored(MatchField[] Anchor, double Matches, double[][] Same, double[][] Others);
}
