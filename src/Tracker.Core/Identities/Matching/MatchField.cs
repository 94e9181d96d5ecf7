namespace Tracker.Core.Identities.Matching;

/// <summary>What two people are compared by.</summary>
public enum MatchField
{
    /// <summary>Levels: 0 another, 1 alike, 2 a slip of the pen, 3 the same, 4 in the place of the family name.</summary>
    GivenName,

    /// <summary>Levels as of the given name.</summary>
    FamilyName,

    /// <summary>Levels: 0 another, 1 one part of it, 2 two parts or two digits, 3 one digit, or two that changed places, 4 the same.</summary>
    BirthDate,

    /// <summary>Street and number. Levels: 0 another, 1 a slip of the pen, 2 the same.</summary>
    Address,

    /// <summary>Levels as of the address.</summary>
    City,

    /// <summary>Levels: 0 another, 1 alike before the @, 2 alike as a whole, 3 a slip of the pen or another host, 4 the same.</summary>
    Email,

    /// <summary>Levels: 0 another, 1 one digit, or two that changed places, 2 the same.</summary>
    Phone,
}
