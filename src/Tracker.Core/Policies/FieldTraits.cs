using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>What a policy says of the fields, as sets: a decision asks for many fields at once.</summary>
public sealed class FieldTraits
{
    private static readonly DataCategory[] AllCategories = Enum.GetValues<DataCategory>();

    private readonly FieldSet[] _byCategory = new FieldSet[AllCategories.Length];

    public FieldTraits(FrozenDictionary<ContentField, FieldRule> fields)
    {
        foreach (var field in Enum.GetValues<ContentField>())
        {
            var rule = fields.GetValueOrDefault(field) ?? new FieldRule(field, field.Category());
            _byCategory[(int)rule.Category] = _byCategory[(int)rule.Category].With(field);
            FreeText = FreeText.With(field, rule.IsFreeText);
            Special = Special.With(field, rule.IsSpecialCategory);
            Criminal = Criminal.With(field, rule.IsCriminal);
        }
    }

    public static IReadOnlyList<DataCategory> Categories => AllCategories;

    public FieldSet FreeText { get; }

    public FieldSet Special { get; }

    public FieldSet Criminal { get; }

    public FieldSet In(DataCategory category) => _byCategory[(int)category];
}
