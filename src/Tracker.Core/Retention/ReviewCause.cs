namespace Tracker.Core.Retention;

/// <summary>Why a review took something away: a small closed set, counted and never stored.</summary>
public enum ReviewCause
{
    None,

    /// <summary>A period is over, or ends earlier because its anchor became known or its rule got shorter.</summary>
    Rule,

    /// <summary>The consent it rested on has ended.</summary>
    Consent,

    Objection,

    /// <summary>A hold was placed or lifted.</summary>
    Hold,

    /// <summary>A product of it is special, or tells of an offence, only since it was kept.</summary>
    SpecialCategory,

    /// <summary>Fields that no purpose needs any more.</summary>
    Field,
}
