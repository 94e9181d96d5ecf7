namespace Tracker.Core.Model.Content;

/// <summary>The names and categories of the fields: "commerce.order_id" is <see cref="ContentField.CommerceOrderId"/>.</summary>
public static class ContentFields
{
    private static readonly ContentField[] All = Enum.GetValues<ContentField>();
    private static readonly string[] Paths = [.. All.Select(PathFromName)];
    private static readonly Dictionary<string, ContentField> ByPath = All.ToDictionary(field => Paths[(int)field]);

    public static string Path(this ContentField field) => Paths[(int)field];

    public static DataCategory Category(this ContentField field) => field switch
    {
        <= ContentField.CommerceProperties => DataCategory.CommercialProfiling,
        <= ContentField.ContactDeliveryNote => DataCategory.Contact,
        <= ContentField.FiscalDocumentNumber => DataCategory.IdentityFiscal,
        <= ContentField.FinancialCreditCheck => DataCategory.Financial,
        <= ContentField.PreferencesEducation => DataCategory.CommercialProfiling,
        <= ContentField.OnlineProperties => DataCategory.MarketingOnline,
        <= ContentField.StoreBusinessDate => DataCategory.CommercialProfiling,
        <= ContentField.OriginName => DataCategory.MarketingOnline,
        _ => DataCategory.Inferred,
    };

    /// <summary>The fields of a path or of a group ("contact.*"); null if there is no such field.</summary>
    public static FieldSet? Find(string pattern)
    {
        if (!pattern.EndsWith(".*", StringComparison.Ordinal))
        {
            return ByPath.TryGetValue(pattern, out var field) ? default(FieldSet).With(field) : null;
        }

        var group = pattern[..^1];
        var members = All.Where(field => Path(field).StartsWith(group, StringComparison.Ordinal))
            .Aggregate(default(FieldSet), (set, field) => set.With(field));
        return members.IsEmpty ? null : members;
    }

    private static string PathFromName(ContentField field)
    {
        var words = string.Concat(field.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
        var firstWordEnd = words.IndexOf('_', StringComparison.Ordinal);
        return firstWordEnd < 0 ? words : $"{words[..firstWordEnd]}.{words[(firstWordEnd + 1)..]}";
    }
}
