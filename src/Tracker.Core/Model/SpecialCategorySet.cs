namespace Tracker.Core.Model;

/// <summary>A set of special categories as one number.</summary>
public readonly record struct SpecialCategorySet(ushort Bits)
{
    /// <summary>All that GDPR Art. 9(1) names; criminal offences (Art. 10) are none of them.</summary>
    public static readonly SpecialCategorySet OfArticle9 = Of(Enum.GetValues<SpecialCategory>().Where(category => category is not (SpecialCategory.None or SpecialCategory.CriminalOffence)));

    public bool IsEmpty => Bits == 0;

    public static SpecialCategorySet Of(IEnumerable<SpecialCategory> categories) =>
        categories.Aggregate(default(SpecialCategorySet), (all, category) => all.With(category));

    public bool Contains(SpecialCategory category) => (Bits & (1 << (int)category)) != 0;

    public bool Contains(SpecialCategorySet other) => (other.Bits & ~Bits) == 0;

    public SpecialCategorySet With(SpecialCategory category) => new((ushort)(Bits | (1 << (int)category)));

    public static SpecialCategorySet operator |(SpecialCategorySet left, SpecialCategorySet right) => new((ushort)(left.Bits | right.Bits));

    public static SpecialCategorySet operator &(SpecialCategorySet left, SpecialCategorySet right) => new((ushort)(left.Bits & right.Bits));

    public IEnumerable<SpecialCategory> Members()
    {
        var bits = Bits;
        return Enum.GetValues<SpecialCategory>().Where(category => (bits & (1 << (int)category)) != 0);
    }
}
