using F23.StringSimilarity;

namespace Tracker.Core.Identities.Matching;

/// <summary>How near two people are in each field, as the levels of <see cref="MatchField"/>.</summary>
internal static class MatchComparison
{
    /// <summary>One of the two states nothing: it speaks neither for nor against.</summary>
    public const sbyte NotStated = -1;

    public static readonly MatchField[] Fields = Enum.GetValues<MatchField>();

    private const double LooselyAlike = 0.7;
    private const double Alike = 0.85;
    private const double AlmostSame = 0.9;

    private static readonly JaroWinkler Likeness = new();
    private static readonly Damerau Slips = new();

    public static int LevelsOf(MatchField field) => field is MatchField.Address or MatchField.City or MatchField.Phone ? 3 : 5;

    /// <summary>The level of two texts that are the same.</summary>
    public static int SameOf(MatchField field) => field switch
    {
        MatchField.GivenName or MatchField.FamilyName => 3,
        MatchField.BirthDate or MatchField.Email => 4,
        _ => 2,
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

    private static (sbyte Given, sbyte Family) Names(MatchDetails one, MatchDetails other)
    {
        var (given, family) = (Stated(one.GivenName, other.GivenName, Name), Stated(one.FamilyName, other.FamilyName, Name));
        var (crossed, back) = (Stated(one.GivenName, other.FamilyName, Name), Stated(one.FamilyName, other.GivenName, Name));
        var areSwapped = crossed >= 2 && back >= 2 && !(given >= 2 && family >= 2);
        // Where one name alone is stated it may stand in the wrong place as well.
        return areSwapped ? ((sbyte)4, (sbyte)4)
            : given <= 0 && family <= 0 && (crossed >= 2 || back >= 2) ? ((sbyte)4, NotStated)
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
        return slips <= 1 ? 3
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
