using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>The rule for each purpose, category, basis and ground, found once: a decision asks for many.</summary>
internal sealed class RuleTable
{
    private static readonly int Purposes = Enum.GetValues<Purpose>().Length;
    private static readonly int Categories = Enum.GetValues<DataCategory>().Length;
    private static readonly int Bases = Enum.GetValues<LegalBasis>().Length;
    private static readonly int Grounds = Enum.GetValues<EPrivacyGround>().Length;

    private readonly RetentionRule?[] _rules = new RetentionRule?[Purposes * Categories * Bases * Grounds];

    public RuleTable(IReadOnlyList<RetentionRule> rules)
    {
        // The most specific is written last, and of two that are equally specific the first.
        foreach (var rule in rules.Reverse().OrderBy(rule => rule.Specificity))
        {
            foreach (var purpose in OneOrAll(rule.Purpose))
            {
                foreach (var category in OneOrAll(rule.Category))
                {
                    foreach (var (basis, ground) in OneOrAll(rule.Basis).SelectMany(basis => OneOrAll(rule.Ground), (basis, ground) => (basis, ground)))
                    {
                        _rules[IndexOf(purpose, category, basis, ground)] = rule;
                    }
                }
            }
        }
    }

    public RetentionRule? Find(Purpose purpose, DataCategory category, LegalBasis basis, EPrivacyGround ground) => _rules[IndexOf(purpose, category, basis, ground)];

    private static int IndexOf(Purpose purpose, DataCategory category, LegalBasis basis, EPrivacyGround ground) =>
        (((((int)purpose * Categories) + (int)category) * Bases) + (int)basis) * Grounds + (int)ground;

    private static T[] OneOrAll<T>(T? one)
        where T : struct, Enum => one is { } value ? [value] : Enum.GetValues<T>();
}
