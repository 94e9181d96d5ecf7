namespace Tracker.Core.Identities.Matching;

/// <summary>How near two values of a field are. Numbers are those of the contract.</summary>
public enum MatchLevel
{
    Unspecified = 0,
    Different = 1,

    /// <summary>Something in common: a part of the date, what comes before the @ of the address.</summary>
    Partly = 2,

    /// <summary>A slip of the pen or two away.</summary>
    Similar = 3,

    /// <summary>One slip of the pen away; of an address also another host.</summary>
    Almost = 4,

    Same = 5,

    /// <summary>The given name of one is the family name of the other.</summary>
    Swapped = 6,
}
