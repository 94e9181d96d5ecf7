using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>One version of a privacy notice, kept byte for byte for as long as a consent refers to it.</summary>
public sealed record Notice
{
    public required TenantId Tenant { get; init; }

    public required string Id { get; init; }

    public required string Version { get; init; }

    public required string Text { get; init; }

    /// <summary>SHA-256 of the text in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset EffectiveAt { get; init; }

    public required NoticeMedium Medium { get; init; }

    public required IReadOnlyList<Purpose> Purposes { get; init; }

    public NoticeScope Scope { get; init; } = new();

    /// <summary>
    /// What the rules kept on a consent on the day it was registered, of each purpose that it states no term of: nobody who was shown it was told of more, so a rule
    /// that is longer later begins with another notice (E20).
    /// </summary>
    public IReadOnlyList<NoticeTerm> RuleTerms { get; init; } = [];

    /// <summary>The same of marketing on a soft opt-in; null: it states a term, or tells of no marketing.</summary>
    public CalendarPeriod? SoftOptInRuleTerm { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public required DateTimeOffset ExpireAt { get; init; }

    /// <summary>The longest that anything is kept which is collected on a consent to that purpose under it; null: nothing was said.</summary>
    public CalendarPeriod? TermOfConsent(Purpose purpose) => Stated(purpose) ?? RuleTerms.FirstOrDefault(term => term.Purpose == purpose)?.Period;

    /// <summary>The same of what is kept on a soft opt-in.</summary>
    public CalendarPeriod? TermOfSoftOptIn => Stated(Purpose.DirectMarketing) ?? SoftOptInRuleTerm;

    /// <summary>The tenant is the one who is responsible by it, and not another company.</summary>
    public bool IsOf(TenantId tenant) => Scope.Controller is not { } controller || controller.Id == tenant.Value;

    /// <summary>When the next version in the same language and medium, for the same readers, came into use; null: none has.</summary>
    /// <param name="versions">Of any notices.</param>
    public DateTimeOffset? ReplacedAt(IReadOnlyList<Notice> versions) => versions
        .Where(other => other.Id == Id && other.EffectiveAt > EffectiveAt && (other.Language, other.Medium, other.Scope.IsChildLanguage) == (Language, Medium, Scope.IsChildLanguage))
        .Select(other => (DateTimeOffset?)other.EffectiveAt)
        .Min();

    private CalendarPeriod? Stated(Purpose purpose) => Scope.RetentionTerms.FirstOrDefault(term => term.Purpose == purpose)?.Period;
}
