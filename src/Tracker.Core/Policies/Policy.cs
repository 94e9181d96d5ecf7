using System.Collections.Frozen;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Policies;

/// <summary>The rules in force for a tenant: loaded whole, valid, and never changed afterwards.</summary>
public sealed class Policy
{
    private FieldTraits? _traits;

    // Replaced whole: what decides reads it with every interaction.
    private volatile PolicyTimeline _timeline = PolicyTimeline.Empty;

    private RuleTable? _table;
    private FrozenDictionary<string, RetentionRule>? _byId;

    /// <summary>"profile@version".</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of <see cref="Document"/>.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }

    /// <summary>As documents name it: in hexadecimal.</summary>
    public string Name => field ??= Convert.ToHexStringLower(Sha256.Span);

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>How long a purchase keeps someone a customer.</summary>
    public required CalendarPeriod ActivityWindow { get; init; }

    /// <summary>How long a request for a quote keeps someone a prospect.</summary>
    public required CalendarPeriod QuoteValidity { get; init; }

    /// <summary>How long a consent given on a device (a banner's choice) counts at most; others end by silence only.</summary>
    public required CalendarPeriod DeviceConsentValidity { get; init; }

    /// <summary>How long a person may be silent before consents end and the contact document goes (C1, C2).</summary>
    public required CalendarPeriod InactivityCap { get; init; }

    /// <summary>How long a double opt-in may be confirmed.</summary>
    public required CalendarPeriod ConfirmationValidity { get; init; }

    /// <summary>How long nobody is asked again who has refused (Garante 231/2021).</summary>
    public required CalendarPeriod ReaskAfter { get; init; }

    /// <summary>How long a replaced notice version may still be in circulation (E25).</summary>
    public required CalendarPeriod NoticeGrace { get; init; }

    /// <summary>How long a look into the register of objections counts.</summary>
    public required CalendarPeriod RegisterCheckValidity { get; init; }

    /// <summary>How long after its end a contract still outweighs an entry in the register.</summary>
    public required CalendarPeriod RegisterContractTail { get; init; }

    /// <summary>How long after the last purchase the soft opt-in carries.</summary>
    public required CalendarPeriod SoftOptInWindow { get; init; }

    public required ChildRules Children { get; init; }

    public required IdentityRules Identity { get; init; }

    public required BlockedIdentifiers BlockedIdentifiers { get; init; }

    /// <summary>Assessments of the tenant; the shipped profiles have none.</summary>
    public required IReadOnlyList<Assessment> Assessments { get; init; }

    public required IReadOnlyList<SpecialCategoryRule> SpecialCategories { get; init; }

    /// <summary>Every field of the content .</summary>
    public required FrozenDictionary<ContentField, FieldRule> Fields { get; init; }

    /// <summary>What an objection to a purpose is an objection to as well: one to marketing reaches the profiling behind it (GDPR Art. 21(2), R-076).</summary>
    public required FrozenDictionary<Purpose, IReadOnlySet<Purpose>> ObjectionReach { get; init; }

    /// <summary>The longest terms that the notices promise, by purpose; no rule is longer .</summary>
    public required FrozenDictionary<Purpose, CalendarPeriod> NoticeRetention { get; init; }

    /// <summary>The document that is in force, byte for byte; for an overlay the whole that it makes with its base.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>The longest that anything is kept which no rule of its own ends earlier: notices, counts, open anchors.</summary>
    public required CalendarPeriod OuterCap { get; init; }

    public required FrozenDictionary<Purpose, PurposeRule> Purposes { get; init; }

    public required IReadOnlyList<RetentionRule> Rules { get; init; }

    /// <summary>Legal obligations by purpose: which rule of law covers which types.</summary>
    public required IReadOnlyList<LegalRule> LegalRules { get; init; }

    public required FrozenDictionary<string, InteractionType> Types { get; init; }

    /// <summary>The most specific rule wins. Null: nothing may be kept.</summary>
    public RetentionRule? FindRule(Purpose purpose, DataCategory category, LegalBasis basis, EPrivacyGround ground = EPrivacyGround.Unspecified) =>
        (_table ??= new RuleTable(Rules)).Find(purpose, category, basis, ground);

    /// <returns>The rules of all categories that fields are of.</returns>
    /// <param name="otherwise">The category of what has no fields.</param>
    public IEnumerable<RetentionRule> FindRules(Purpose purpose, FieldSet fields, DataCategory otherwise, LegalBasis basis, EPrivacyGround ground) =>
        fields.Members().Select(CategoryOf).DefaultIfEmpty(otherwise).Distinct().Select(category => FindRule(purpose, category, basis, ground)).OfType<RetentionRule>();

    /// <returns>Null: there is none of that id.</returns>
    public RetentionRule? FindRule(string id) => (_byId ??= Rules.ToFrozenDictionary(rule => rule.Id)).GetValueOrDefault(id);

    /// <summary>The same policy of a tenant of its own: what was in force before it is another's with each.</summary>
    public Policy OfItsOwn()
    {
        var own = (Policy)MemberwiseClone();
        own._timeline = PolicyTimeline.Empty;
        return own;
    }

    /// <summary>As rights name a policy that is another than the one that decided; empty: it is the same.</summary>
    public string NameBeside(RecordDecision decision) => decision.PolicySha256.Span.SequenceEqual(Sha256.Span) ? "" : Name;

    /// <returns>Those that were in force at that instant or since, beside this one, the first that ended first: none of them kept what happened then for longer (E20).</returns>
    public IReadOnlyList<Policy> FindEarlierSince(DateTimeOffset instant) => _timeline.Since(instant);

    /// <returns>The one that was in force at that instant, as far as that is known; otherwise this one.</returns>
    public Policy InForceAt(DateTimeOffset instant) => _timeline.At(instant) ?? this;

    /// <returns>When another one came into force after that instant and by the other, oldest first.</returns>
    public IEnumerable<DateTimeOffset> ChangesBetween(DateTimeOffset from, DateTimeOffset until) => _timeline.ChangesBetween(from, until);

    /// <param name="begins">When each policy of the tenant came into force, as often as it did.</param>
    internal void Remember(IEnumerable<(DateTimeOffset From, Policy Policy)> begins) => _timeline = PolicyTimeline.Of(this, begins);

    /// <summary>What another has decided is not kept longer by this one, which takes its place.</summary>
    internal void Succeed(Policy other) => _timeline = other._timeline.Beside(other, this);

    /// <summary>
    /// Whether a person can object to it: direct marketing, what belongs to it, and what an interest may carry at any stage
    /// (GDPR Art. 21(1), (2)). What art. 122 Codice Privacy lets a session need is about nobody who could.
    /// </summary>
    public bool IsOpenToObjection(Purpose purpose) =>
        ObjectionSpan.IsAbsoluteTo(purpose, ObjectionReach)
        || (Purposes.TryGetValue(purpose, out var rule) && rule.Rows.SelectMany(row => row.Cells.Values).SelectMany(cell => cell)
            .Any(admissible => admissible is { Basis: LegalBasis.LegitimateInterest, Ground: not EPrivacyGround.Technical122 }));

    public FieldTraits Traits => _traits ??= new FieldTraits(Fields);

    /// <summary>The category of a field as this policy has it.</summary>
    public DataCategory CategoryOf(ContentField field) => Fields[field].Category;

    /// <summary>The fields of a content that a purpose needs.</summary>
    public FieldSet FieldsNeeded(Purpose purpose) => Purposes.TryGetValue(purpose, out var rule) ? rule.Needs : default;

    /// <summary>
    /// Whether an assessment of the purpose is in force that speaks of the same media as the one that is the proof. One that the
    /// policy knows no more may have spoken of any.
    /// </summary>
    public bool IsAssessed(Grant grant, DateTimeOffset now)
    {
        var media = Assessments.Where(assessment => grant.EvidenceIds.Contains(assessment.Reference)).SelectMany(assessment => assessment.ContactChannels).ToHashSet();
        return Assessments.Any(assessment =>
            assessment.Purpose == grant.Purpose
            && assessment.From <= now
            && now < assessment.Until
            && (media.Count == 0 || assessment.ContactChannels.Count == 0 || assessment.ContactChannels.Overlaps(media)));
    }
}
