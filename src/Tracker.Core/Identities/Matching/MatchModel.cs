namespace Tracker.Core.Identities.Matching;

/// <summary>
/// The weights of Fellegi and Sunter (1969): of each level of each field, how often the same person has it (m) and how often two people do (u). A text
/// that is rare weighs more than one that many have (adjusted for term frequency, Winkler 1988).
/// </summary>
/// <param name="others">By <see cref="MatchContext"/>.</param>
/// <param name="priorBits">Before anything is compared: how likely two people drawn at random are the same, in bits.</param>
internal sealed class MatchModel(double[][] same, double[][][] others, double priorBits, IReadOnlyDictionary<(MatchField Field, string Text), double> frequencies)
{
    // One address is one household's, one telephone number one person's: how many people have it is what is known of it already.
    private static readonly MatchField[] Adjusted = [MatchField.GivenName, MatchField.FamilyName, MatchField.City];

    public double PriorBits => priorBits;

    public MatchModel WithPrior(double bits) => new(same, others, bits, frequencies);

    public static double Likely(double bits) => 1 / (1 + Math.Pow(2, -bits));

    /// <summary>The probability that they are one person; none where all that agrees is what a household shares.</summary>
    public double ScoreOf(MatchDetails one, MatchDetails other)
    {
        var levels = MatchComparison.Compare(one, other);
        return MatchComparison.IsOfHousehold(levels) ? 0 : Likely(priorBits + BitsOf(one, levels));
    }

    /// <summary>What all fields say, without the prior.</summary>
    public double BitsOf(MatchDetails one, sbyte[] levels)
    {
        var (context, bits) = (ContextOf(levels), 0d);
        foreach (var field in MatchComparison.Fields)
        {
            var level = levels[MatchComparison.PlaceOf(field)];
            bits += level >= 0 ? BitsOf(field, level, one, context) : 0;
        }

        return bits;
    }

    /// <summary>The same, field by field; what one of them does not state is left out.</summary>
    public IReadOnlyList<MatchEvidence> Explain(MatchDetails one, MatchDetails other)
    {
        var levels = MatchComparison.Compare(one, other);
        var context = ContextOf(levels);
        return [.. MatchComparison.Fields.Where(field => levels[MatchComparison.PlaceOf(field)] >= 0).Select(field => new MatchEvidence(field, MatchComparison.LevelsOf(field)[levels[MatchComparison.PlaceOf(field)]], BitsOf(field, levels[MatchComparison.PlaceOf(field)], one, context)))];
    }

    private static MatchContext ContextOf(sbyte[] levels) =>
        levels[MatchComparison.PlaceOf(MatchField.GivenName)] >= 2 && levels[MatchComparison.PlaceOf(MatchField.FamilyName)] >= 2 ? MatchContext.SameName
        : levels[MatchComparison.PlaceOf(MatchField.FamilyName)] == 3 && levels[MatchComparison.PlaceOf(MatchField.City)] == 2 ? MatchContext.SameFamily
        : MatchContext.Any;

    /// <summary>It makes the context, and is weighed by how likely that is.</summary>
    private static bool IsOf(MatchContext context, MatchField field) => context switch
    {
        MatchContext.SameName => field is MatchField.GivenName or MatchField.FamilyName,
        MatchContext.SameFamily => field is MatchField.FamilyName or MatchField.City,
        _ => false,
    };

    private double BitsOf(MatchField field, int level, MatchDetails one, MatchContext context)
    {
        var within = IsOf(context, field) ? MatchContext.Any : context;
        var (place, isAnywhere) = (MatchComparison.PlaceOf(field), within == MatchContext.Any);
        var ofOthers = others[(int)within][place][level];
        var chance = MatchComparison.LevelsOf(field)[level] switch
        {
            MatchLevel.Same when isAnywhere && Adjusted.Contains(field) => frequencies.GetValueOrDefault((field, one[field]), ofOthers),
            // By chance the other has that name in its other place.
            MatchLevel.Swapped when isAnywhere => Math.Min(ofOthers, frequencies.GetValueOrDefault((field == MatchField.GivenName ? MatchField.FamilyName : MatchField.GivenName, one[field]), ofOthers)),
            _ => ofOthers,
        };
        return Math.Log2(same[place][level] / chance);
    }
}
