namespace Tracker.Core.Identities.Persons;

/// <summary>Why two people are not made one. Numbers are those of the contract.</summary>
public enum MergeBar
{
    Unspecified = 0,

    /// <summary>They differ in a kind of identifier that a person has one of.</summary>
    DifferentIdentifiers = 1,

    /// <summary>More profiles than one person may have.</summary>
    TooManyProfiles = 2,

    /// <summary>More links than one person may have had.</summary>
    TooManyLinks = 3,

    /// <summary>One of them is restricted: whose data it is may be what is contested (GDPR Art. 18(1)(a)).</summary>
    Restricted = 4,
}
