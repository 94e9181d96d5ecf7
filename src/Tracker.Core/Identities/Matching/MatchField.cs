namespace Tracker.Core.Identities.Matching;

/// <summary>What two people are compared by. Numbers are those of the contract.</summary>
public enum MatchField
{
    Unspecified = 0,
    GivenName = 1,
    FamilyName = 2,
    BirthDate = 3,

    /// <summary>Street, number and postal code.</summary>
    Address = 4,

    City = 5,
    Email = 6,
    Phone = 7,
}
