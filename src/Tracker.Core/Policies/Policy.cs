using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>The rules in force for a tenant: loaded whole, valid, and never changed afterwards.</summary>
public sealed class Policy
{
    /// <summary>"profile@version".</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the document it was read from.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>How long a purchase keeps someone a customer.</summary>
    public required CalendarPeriod ActivityWindow { get; init; }

    /// <summary>How long a request for a quote keeps someone a prospect.</summary>
    public required CalendarPeriod QuoteValidity { get; init; }

    /// <summary>How long a consent counts from when it was given.</summary>
    public required CalendarPeriod ConsentValidity { get; init; }

    /// <summary>The longest that anything is kept which no rule of its own ends earlier: notices, counts, open anchors.</summary>
    public required CalendarPeriod OuterCap { get; init; }

    public required FrozenDictionary<Purpose, PurposeRule> Purposes { get; init; }

    public required IReadOnlyList<RetentionRule> Rules { get; init; }

    /// <summary>Legal obligations by purpose: which rule of law covers which types.</summary>
    public required IReadOnlyList<LegalRule> LegalRules { get; init; }

    public required FrozenDictionary<string, InteractionType> Types { get; init; }

    /// <summary>Most specific rule wins: category before basis before neither. Null: nothing may be kept.</summary>
    public RetentionRule? FindRule(Purpose purpose, DataCategory category, LegalBasis basis)
    {
        RetentionRule? best = null;
        var bestScore = -1;
        foreach (var rule in Rules)
        {
            if (rule.Purpose != purpose || (rule.Category ?? category) != category || (rule.Basis ?? basis) != basis)
            {
                continue;
            }

            var score = (rule.Category is null ? 0 : 2) + (rule.Basis is null ? 0 : 1);
            if (score > bestScore)
            {
                (best, bestScore) = (rule, score);
            }
        }

        return best;
    }

    /// <summary>The fields of a content that a purpose needs.</summary>
    public FieldSet FieldsNeeded(Purpose purpose) => Purposes.TryGetValue(purpose, out var rule) ? rule.Needs : default;
}
