using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>The rules in force for a tenant: loaded whole, valid, and never changed afterwards.</summary>
public sealed class Policy
{
    private FieldTraits? _traits;

    /// <summary>"profile@version".</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the document it was read from.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>How long a purchase keeps someone a customer.</summary>
    public required CalendarPeriod ActivityWindow { get; init; }

    /// <summary>How long a request for a quote keeps someone a prospect.</summary>
    public required CalendarPeriod QuoteValidity { get; init; }

    /// <summary>How long a consent given on a device (a banner's choice) counts at most; others end by silence only.</summary>
    public CalendarPeriod DeviceConsentValidity { get; init; } = CalendarPeriod.OfMonths(12);

    /// <summary>How long a person may be silent before consents end and the contact document goes (C1, C2).</summary>
    public CalendarPeriod InactivityCap { get; init; } = CalendarPeriod.OfMonths(24);

    /// <summary>How long a double opt-in may be confirmed.</summary>
    public CalendarPeriod ConfirmationValidity { get; init; } = new(0, 7, TimeSpan.Zero);

    /// <summary>How long nobody is asked again who has refused (Garante 231/2021).</summary>
    public CalendarPeriod ReaskAfter { get; init; } = CalendarPeriod.OfMonths(6);

    /// <summary>How long a replaced notice version may still be in circulation (E25).</summary>
    public CalendarPeriod NoticeGrace { get; init; } = new(0, 1, TimeSpan.Zero);

    /// <summary>How long a look into the register of objections counts.</summary>
    public CalendarPeriod RegisterCheckValidity { get; init; } = new(0, 15, TimeSpan.Zero);

    /// <summary>How long after its end a contract still outweighs an entry in the register.</summary>
    public CalendarPeriod RegisterContractTail { get; init; } = new(0, 30, TimeSpan.Zero);

    /// <summary>How long after the last purchase the soft opt-in carries.</summary>
    public CalendarPeriod SoftOptInWindow { get; init; } = CalendarPeriod.OfMonths(24);

    public required ChildRules Children { get; init; }

    public IReadOnlyList<Assessment> Assessments { get; init; } = [];

    public IReadOnlyList<SpecialCategoryRule> SpecialCategories { get; init; } = [];

    public FrozenDictionary<ContentField, FieldRule> Fields { get; init; } = FrozenDictionary<ContentField, FieldRule>.Empty;

    /// <summary>What an objection to a purpose is an objection to as well (GDPR Art. 21(2)).</summary>
    public FrozenDictionary<Purpose, IReadOnlySet<Purpose>> ObjectionReach { get; init; } = FrozenDictionary<Purpose, IReadOnlySet<Purpose>>.Empty;

    /// <summary>The document, byte for byte.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }

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

    public FieldTraits Traits => _traits ??= new FieldTraits(Fields);

    /// <summary>The fields of a content that a purpose needs.</summary>
    public FieldSet FieldsNeeded(Purpose purpose) => Purposes.TryGetValue(purpose, out var rule) ? rule.Needs : default;
}
