namespace Tracker.Core.Policies.Reading;

/// <summary>A policy as written in JSON, before anything of it is believed. Set and not init: generated readers give an init member null where it is missing.</summary>
internal sealed record PolicyDocument
{
    /// <summary>An overlay's: the shipped profile that it is laid on.</summary>
    public string Extends { get; set; } = "";

    public string Profile { get; set; } = "";

    public string Version { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>What an overlay was laid on, with its hash; written when the two are made one, and read where its bounds are checked again.</summary>
    public string BasedOn { get; set; } = "";

    public string TimeZone { get; set; } = "";

    public string ActivityWindow { get; set; } = "";

    public string QuoteValidity { get; set; } = "";

    public string InactivityCap { get; set; } = "";

    public string DeviceConsentValidity { get; set; } = "";

    public string ConfirmationValidity { get; set; } = "";

    public string ReaskAfter { get; set; } = "";

    public string NoticeGrace { get; set; } = "";

    public string RegisterCheckValidity { get; set; } = "";

    public string RegisterContractTail { get; set; } = "";

    public string SoftOptInWindow { get; set; } = "";

    public string OuterCap { get; set; } = "";

    /// <summary>ENTRY_DATE or FISCAL_YEAR_END: what FISCAL_ENTRY counts from (C3).</summary>
    public string FiscalAnchor { get; set; } = "";

    /// <summary>EVENT_TIME or LAST_INTERACTION: what MARKETING_DETAIL counts from (C1).</summary>
    public string MarketingDetailAnchor { get; set; } = "";

    public ChildrenEntry Children { get; set; } = new();

    public IdentityEntry Identity { get; set; } = new();

    public IReadOnlyList<BlockedEntry> BlockedIdentifiers { get; set; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ObjectionReach { get; set; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<SpecialCategoryEntry> SpecialCategories { get; set; } = [];

    public IReadOnlyList<AssessmentEntry> Assessments { get; set; } = [];

    public IReadOnlyDictionary<string, string> NoticeRetention { get; set; } = new Dictionary<string, string>();

    public IReadOnlyList<FieldEntry> Fields { get; set; } = [];

    public IReadOnlyList<PurposeEntry> Purposes { get; set; } = [];

    public IReadOnlyList<LegalRuleEntry> LegalRules { get; set; } = [];

    public IReadOnlyList<RuleEntry> Rules { get; set; } = [];

    public IReadOnlyList<TypeEntry> Types { get; set; } = [];

    internal sealed record ChildrenEntry
    {
        public string Country { get; set; } = "";

        public IReadOnlyDictionary<string, int> AgeOfConsent { get; set; } = new Dictionary<string, int>();

        public int DefaultAgeOfConsent { get; set; }

        public int OfflineAgeOfConsent { get; set; }

        public int AdultAge { get; set; }

        public bool MayProfileMinors { get; set; }
    }

    internal sealed record IdentityEntry
    {
        public int MaxProfiles { get; set; }

        /// <summary>By kind, such as "EMAIL"; every kind has a rule.</summary>
        public IReadOnlyDictionary<string, IdentifierEntry> Kinds { get; set; } = new Dictionary<string, IdentifierEntry>();
    }

    internal sealed record IdentifierEntry
    {
        /// <summary>PERSON, HOUSEHOLD, MACHINE or PURCHASE.</summary>
        public string Names { get; set; } = "";

        public int Priority { get; set; }

        public bool Unique { get; set; }

        public int AtMost { get; set; }
    }

    internal sealed record BlockedEntry
    {
        public string Id { get; set; } = "";

        public string Kind { get; set; } = "";

        /// <summary>As they are sent; of e-mail also "@" and a domain, for all addresses in it; telephone numbers with country code.</summary>
        public IReadOnlyList<string> Values { get; set; } = [];

        public string Reason { get; set; } = "";
    }

    internal sealed record SpecialCategoryEntry
    {
        public string Purpose { get; set; } = "";

        public string Condition { get; set; } = "";

        /// <summary>Those of GDPR Art. 9(1) that the condition covers, such as "HEALTH"; at least one.</summary>
        public IReadOnlyList<string> Categories { get; set; } = [];

        public string Reference { get; set; } = "";
    }

    internal sealed record AssessmentEntry
    {
        public string Id { get; set; } = "";

        public string Version { get; set; } = "";

        public string Purpose { get; set; } = "";

        public IReadOnlyList<string> ContactChannels { get; set; } = [];

        /// <summary>A day such as "2026-11-25", from its first instant.</summary>
        public string From { get; set; } = "";

        /// <summary>The first day on which it no longer counts.</summary>
        public string Until { get; set; } = "";
    }

    internal sealed record FieldEntry
    {
        public string Field { get; set; } = "";

        public string Category { get; set; } = "";

        public bool SpecialCategory { get; set; }

        public bool Criminal { get; set; }

        public bool Inferred { get; set; }

        public bool ThirdParty { get; set; }

        public bool FreeText { get; set; }
    }

    internal sealed record PurposeEntry
    {
        public string Purpose { get; set; } = "";

        public string Iri { get; set; } = "";

        public string Class { get; set; } = "";

        public IReadOnlyList<string> Needs { get; set; } = [];

        /// <summary>The purpose is the feature that a customer has asked for; only then CONTRACT_REQUESTED_FEATURE counts.</summary>
        public bool IsRequestedFeature { get; set; }

        /// <summary>Which contracts carry it where a cell has CONTRACT: NAMED, PURCHASE, CONTINUING, ACCOUNT, LOYALTY.</summary>
        public IReadOnlyList<string> Contracts { get; set; } = [];

        public IReadOnlyList<RowEntry> Matrix { get; set; } = [];
    }

    internal sealed record RowEntry
    {
        public IReadOnlyList<string> ContactChannels { get; set; } = [];

        public string ConsentGround { get; set; } = "";

        public IReadOnlyList<string> RequiresConsent { get; set; } = [];

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Cells { get; set; } = new Dictionary<string, IReadOnlyList<string>>();
    }

    internal sealed record LegalRuleEntry
    {
        public string Id { get; set; } = "";

        public string Purpose { get; set; } = "";

        public IReadOnlyList<string> Types { get; set; } = [];

        public IReadOnlyList<string> Fields { get; set; } = [];

        public string? AfterPurchase { get; set; }

        public string Reference { get; set; } = "";
    }

    internal sealed record RuleEntry
    {
        public string Id { get; set; } = "";

        /// <summary>A purpose, or ANY for the rule of an interest.</summary>
        public string Purpose { get; set; } = "";

        public string? Category { get; set; }

        public string? Basis { get; set; }

        public string? Ground { get; set; }

        public IReadOnlyList<EndEntry> Ends { get; set; } = [];

        public string? OuterCap { get; set; }

        public string Action { get; set; } = "";

        public string RetentionJustificationId { get; set; } = "";

        public string DpiaId { get; set; } = "";

        public string LegalReference { get; set; } = "";
    }

    internal sealed record EndEntry
    {
        public string Anchor { get; set; } = "";

        public string Period { get; set; } = "";

        public string Kind { get; set; } = "";
    }

    internal sealed record TypeEntry
    {
        public string Name { get; set; } = "";

        public string Description { get; set; } = "";

        public IReadOnlyList<string> Purposes { get; set; } = [];

        public IReadOnlyList<string> DefaultPurposes { get; set; } = [];

        public string Identifier { get; set; } = "";

        public string Initiator { get; set; } = "";

        public bool MovesLastInteraction { get; set; }

        public string? Establishes { get; set; }

        public string? ContactChannel { get; set; }

        public bool EndsContract { get; set; }
    }
}
