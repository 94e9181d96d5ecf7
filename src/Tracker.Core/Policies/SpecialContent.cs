using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What of an interaction reveals what GDPR Art. 9 names: products that the catalogue marks, inferences, fields that the policy marks.</summary>
public sealed record SpecialContent
{
    /// <summary>Scores and segments: output of profiling, whatever a caller says .</summary>
    public static readonly FieldSet Derived = default(FieldSet).With(ContentField.Inferences);

    // Beside a line that is special, the page it was seen on or a coupon tells the same.
    private static readonly FieldSet Telling = default(FieldSet)
        .With(ContentField.CommerceCoupons)
        .With(ContentField.CommerceProperties)
        .With(ContentField.OnlinePageUrl)
        .With(ContentField.OnlinePageTitle)
        .With(ContentField.OnlineReferrer)
        .With(ContentField.OnlineSearchTerm)
        .With(ContentField.OnlineCampaign)
        .With(ContentField.OnlineProperties);

    /// <summary>The content without it.</summary>
    public required InteractionContent Ordinary { get; init; }

    /// <summary>The fields of that.</summary>
    public required FieldSet OrdinaryFields { get; init; }

    /// <summary>Paths of the lines and inferences that it lacks, such as "commerce.lines[2]".</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    public required bool Exists { get; init; }

    public bool IsCriminal { get; init; }

    /// <param name="fields">Those of the content.</param>
    /// <param name="products">Products that reveal something, by their number.</param>
    public static SpecialContent Of(InteractionContent content, FieldSet fields, Policy policy, IReadOnlyDictionary<string, SpecialCategory> products)
    {
        var lines = content.Commerce?.Lines;
        List<int> specialLines = products.Count == 0 || lines is null ? [] : Find(lines, line => CategoryOf(line, products) != SpecialCategory.None);
        List<int> specialInferences = content.Inferences is { } all ? Find(all, inference => inference.SpecialCategory != SpecialCategory.None) : [];
        var isCriminal = !(fields & policy.Traits.Criminal).IsEmpty
            || specialLines.Exists(i => CategoryOf(lines![i], products) == SpecialCategory.CriminalOffence)
            || specialInferences.Exists(i => content.Inferences![i].SpecialCategory == SpecialCategory.CriminalOffence);
        var ordinary = specialLines.Count + specialInferences.Count == 0 ? content : Without(content, specialLines, specialInferences);
        return new SpecialContent
        {
            Ordinary = ordinary,
            OrdinaryFields = (ReferenceEquals(ordinary, content) ? fields : ordinary.Fields()).Except(policy.Traits.Special),
            Parts = [.. specialLines.Select(i => $"commerce.lines[{i}]"), .. specialInferences.Select(i => $"inferences[{i}]")],
            Exists = !ReferenceEquals(ordinary, content) || !(fields & policy.Traits.Special).IsEmpty,
            IsCriminal = isCriminal,
        };
    }

    private static SpecialCategory CategoryOf(CommerceLine line, IReadOnlyDictionary<string, SpecialCategory> products) =>
        line.ProductId is { } product && products.TryGetValue(product, out var category) ? category : SpecialCategory.None;

    private static InteractionContent Without(InteractionContent content, List<int> lines, List<int> inferences)
    {
        var told = lines.Count == 0 ? content : content.Keep(FieldSet.All.Except(Telling));
        return told with
        {
            Commerce = lines.Count == 0 || told.Commerce is null ? told.Commerce : told.Commerce with { Lines = Except(told.Commerce.Lines!, lines) },
            Inferences = inferences.Count == 0 ? told.Inferences : Except(told.Inferences!, inferences),
        };
    }

    private static List<int> Find<T>(IReadOnlyList<T> all, Func<T, bool> isMeant) => [.. Enumerable.Range(0, all.Count).Where(i => isMeant(all[i]))];

    private static IReadOnlyList<T>? Except<T>(IReadOnlyList<T> all, List<int> left) =>
        left.Count == all.Count ? null : [.. all.Where((_, i) => !left.Contains(i))];
}
