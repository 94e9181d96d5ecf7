using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What of an interaction reveals what GDPR Art. 9 names: products that the catalogue marks, inferences, fields that the policy marks.</summary>
public sealed class SpecialContent
{
    /// <summary>Scores and segments: output of profiling, whatever a caller says .</summary>
    public static readonly FieldSet Derived = default(FieldSet).With(ContentField.Inferences);

    // Beside a line that is withheld, the page it was seen on or a coupon tells the same, and a sum over all lines tells its
    // price: what the lines that are left do not add up to.
    private static readonly FieldSet Sums = default(FieldSet)
        .With(ContentField.CommerceTotal)
        .With(ContentField.CommerceTaxTotal)
        .With(ContentField.CommerceDiscountTotal);

    private static readonly FieldSet Telling = Sums
        .With(ContentField.CommerceCoupons)
        .With(ContentField.CommerceProperties)
        .With(ContentField.OnlinePageUrl)
        .With(ContentField.OnlinePageTitle)
        .With(ContentField.OnlineReferrer)
        .With(ContentField.OnlineSearchTerm)
        .With(ContentField.OnlineCampaign)
        .With(ContentField.OnlineProperties);

    private readonly InteractionContent _content;
    private readonly FieldSet _fields;
    private readonly FieldSet _marked;
    private readonly List<(int Index, SpecialCategory Category)> _lines;
    private readonly List<(int Index, SpecialCategory Category)> _inferences;

    /// <param name="fields">Those of the content.</param>
    /// <param name="products">Products that reveal something.</param>
    public SpecialContent(InteractionContent content, FieldSet fields, Policy policy, SpecialProducts products)
    {
        (_content, _fields, _marked) = (content, fields, fields & policy.Traits.Special);
        _lines = products.IsEmpty || content.Commerce?.Lines is not { } lines ? [] : Find(lines, products.CategoryOf);
        _inferences = content.Inferences is { } inferences ? Find(inferences, inference => inference.SpecialCategory) : [];
        // Of a field that is marked nobody says what it reveals: it may be any of them.
        Reveals = _marked.IsEmpty ? default : SpecialCategorySet.OfArticle9;
        Reveals = _lines.Count + _inferences.Count == 0 ? Reveals : _lines.Concat(_inferences).Aggregate(Reveals, (all, part) => all.With(part.Category));
        IsCriminal = Reveals.Contains(SpecialCategory.CriminalOffence) || !(fields & policy.Traits.Criminal).IsEmpty;
    }

    /// <summary>Empty: nothing of it is special.</summary>
    public SpecialCategorySet Reveals { get; }

    public bool IsCriminal { get; }

    /// <summary>The content as whoever may see these categories sees it.</summary>
    /// <param name="isDuty">
    /// It is kept by a duty of law alone: the sums that the law asks the document for stay, also where a line of it goes
    /// (art. 2220 c.c., art. 21 DPR 633/1972; GDPR Art. 10 lets the law authorise it).
    /// </param>
    public SeenContent SeenBy(SpecialCategorySet visible, bool isDuty = false)
    {
        if (visible.Contains(Reveals))
        {
            return new(_content, _fields, []);
        }

        List<int> lines = [.. Hidden(_lines, visible)];
        List<int> inferences = [.. Hidden(_inferences, visible)];
        var left = Without(lines, inferences, isDuty ? Telling.Except(Sums) : Telling);
        var fields = left.Fields();
        fields = visible.Contains(SpecialCategorySet.OfArticle9) ? fields : fields.Except(_marked);
        return new(
            left.Keep(fields),
            fields,
            [.. lines.Select(i => (ContentField.CommerceLines, $"commerce.lines[{i}]")), .. inferences.Select(i => (ContentField.Inferences, $"inferences[{i}]"))]);
    }

    private static List<(int Index, SpecialCategory Category)> Find<T>(IReadOnlyList<T> all, Func<T, SpecialCategory> categoryOf) =>
        [.. all.Select((part, i) => (Index: i, Category: categoryOf(part))).Where(part => part.Category != SpecialCategory.None)];

    private static IEnumerable<int> Hidden(IReadOnlyList<(int Index, SpecialCategory Category)> parts, SpecialCategorySet visible) =>
        parts.Where(part => !visible.Contains(part.Category)).Select(part => part.Index);

    private InteractionContent Without(List<int> lines, List<int> inferences, FieldSet telling)
    {
        var told = lines.Count == 0 ? _content : _content.Keep(FieldSet.All.Except(telling));
        return told with
        {
            Commerce = lines.Count == 0 || told.Commerce is null ? told.Commerce : told.Commerce with { Lines = Except(told.Commerce.Lines!, lines) },
            Inferences = inferences.Count == 0 ? told.Inferences : Except(told.Inferences!, inferences),
        };
    }

    private static IReadOnlyList<T>? Except<T>(IReadOnlyList<T> all, List<int> left) =>
        left.Count == all.Count ? null : [.. all.Where((_, i) => !left.Contains(i))];
}
