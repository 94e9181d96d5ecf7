using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Core.Policies;

/// <summary>The gate's answer for one purpose: a basis with its proof, or the reason why not.</summary>
/// <param name="ConsentUntil">When the consent, or the soft opt-in, that carries it ends; null for other bases.</param>
public sealed record Verdict(
    Purpose Purpose,
    LegalBasis Basis,
    EPrivacyGround Ground,
    IReadOnlyList<string> EvidenceIds,
    DateTimeOffset? ConsentUntil,
    Reason Reason)
{
    /// <summary>All that the proof admits: what a rule of law lists, what is technical; otherwise everything.</summary>
    public FieldSet Fields { get; init; } = FieldSet.All;

    /// <summary>The longest that it may be kept by what was stated with the consent, or the soft opt-in, that carries it; null: nothing was, or another basis does.</summary>
    public CalendarPeriod? RetentionTerm { get; init; }

    /// <summary>What of GDPR Art. 9(1) a condition of Art. 9(2) beside the basis shows it; empty: nothing.</summary>
    public SpecialCategorySet MaySee { get; init; }

    /// <summary>Carried by what the person gave, in words that may state a term of their own.</summary>
    public bool RestsOnLedger => Basis == LegalBasis.Consent || Ground == EPrivacyGround.SoftOptIn1304;

    public bool IsPermitted => Reason == Reason.None;

    public static Verdict Denied(Purpose purpose, Reason reason) =>
        new(purpose, LegalBasis.None, EPrivacyGround.Unspecified, [], null, reason);
}
