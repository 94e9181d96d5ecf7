using System.Globalization;
using F23.StringSimilarity;

namespace Tracker.Core.Identities.Matching;

/// <summary>How near two people are in each field: the place of the level among those that the field has.</summary>
internal static class MatchComparison
{
    /// <summary>One of the two states nothing: it speaks neither for nor against.</summary>
    public const sbyte NotStated = -1;

    /// <summary>Each at its <see cref="PlaceOf"/>.</summary>
    public static readonly MatchField[] Fields = [.. Enum.GetValues<MatchField>().Except([MatchField.Unspecified])];

    private const double LooselyAlike = 0.7;
    private const double Alike = 0.85;
    private const double AlmostSame = 0.9;

    private static readonly JaroWinkler Likeness = new();
    private static readonly Damerau Slips = new();

    private static readonly MatchLevel[] OfName = [MatchLevel.Different, MatchLevel.Similar, MatchLevel.Almost, MatchLevel.Same, MatchLevel.Swapped];
    private static readonly MatchLevel[] OfParts = [MatchLevel.Different, MatchLevel.Partly, MatchLevel.Similar, MatchLevel.Almost, MatchLevel.Same];
    private static readonly MatchLevel[] OfWhole = [MatchLevel.Different, MatchLevel.Almost, MatchLevel.Same];

    public static int PlaceOf(MatchField field) => (int)field - 1;

    /// <summary>From the furthest to the nearest.</summary>
    public static MatchLevel[] LevelsOf(MatchField field) => field switch
    {
        MatchField.GivenName or MatchField.FamilyName => OfName,
        MatchField.BirthDate or MatchField.Email => OfParts,
        _ => OfWhole,
    };

    public static sbyte[] Compare(MatchDetails one, MatchDetails other)
    {
        var (given, family) = Names(one, other);
        return
        [
            given,
            family,
            Stated(one.BirthDate, other.BirthDate, BirthDate),
            Stated(one.Address, other.Address, Place),
            Stated(one.City, other.City, Place),
            Stated(one.Email, other.Email, Email),
            Stated(one.Phone, other.Phone, Phone),
        ];
    }

    /// <summary>
    /// No name of one's own, no birth date, no address for mail speaks for one person: family name, street and telephone are of all who live there. So is one address for
    /// mail where both name and birth date are stated and others.
    /// </summary>
    public static bool IsOfHousehold(sbyte[] levels)
    {
        var (given, born, email) = (levels[PlaceOf(MatchField.GivenName)], levels[PlaceOf(MatchField.BirthDate)], levels[PlaceOf(MatchField.Email)]);
        return (given < 1 && born < 2 && email < 2) || (given == 0 && born == 0);
    }

    private static (sbyte Given, sbyte Family) Names(MatchDetails one, MatchDetails other)
    {
        var (given, family) = (Stated(one.GivenName, other.GivenName, Name), Stated(one.FamilyName, other.FamilyName, Name));
        var (crossed, back) = (Stated(one.GivenName, other.FamilyName, Name), Stated(one.FamilyName, other.GivenName, Name));
        var areSwapped = crossed >= 2 && back >= 2 && !(given >= 2 && family >= 2);
        // Where one name alone is stated it may stand in the wrong place as well.
        return areSwapped ? ((sbyte)4, (sbyte)4)
            : (given == NotStated || family == NotStated) && given <= 0 && family <= 0 && (crossed >= 2 || back >= 2) ? ((sbyte)4, NotStated)
            : (given, family);
    }

    private static sbyte Stated(string one, string other, Func<string, string, int> compare) => one.Length == 0 || other.Length == 0 ? NotStated : (sbyte)compare(one, other);

    private static int Name(string one, string other) =>
        one == other ? 3
        : Likeness.Similarity(one, other) is var likeness && (likeness >= AlmostSame || Slips.Distance(one, other) <= 1) ? 2
        : likeness >= LooselyAlike || one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal) ? 1
        : 0;

    private static int BirthDate(string one, string other)
    {
        if (one == other)
        {
            return 4;
        }

        var (slips, parts) = (Slips.Distance(one, other), one.Split('-').Zip(other.Split('-')).Count(pair => pair.First == pair.Second));
        // 12 March is 3 December where the month is written first.
        return slips <= 1 || one == string.Create(CultureInfo.InvariantCulture, $"{other[..4]}-{other[8..]}-{other[5..7]}") ? 3
            : slips <= 2 || parts == 2 ? 2
            : parts == 1 && slips <= 3 ? 1
            : 0;
    }

    private static int Place(string one, string other) =>
        one == other ? 2
        : Likeness.Similarity(one, other) >= Alike || Slips.Distance(one, other) <= 2 ? 1
        : 0;

    private static int Email(string one, string other)
    {
        if (one == other)
        {
            return 4;
        }

        var (local, otherLocal, slips) = (MatchDetails.LocalPart(one), MatchDetails.LocalPart(other), Slips.Distance(one, other));
        return local == otherLocal || slips <= 2 ? 3
            : slips <= 5 && Likeness.Similarity(one, other) > Alike ? 2
            : Likeness.Similarity(local, otherLocal) >= AlmostSame ? 1
            : 0;
    }

    private static int Phone(string one, string other) => one == other ? 2 : Slips.Distance(one, other) <= 1 ? 1 : 0;
}
