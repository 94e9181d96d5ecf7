namespace Tracker.Core.Identities.Matching;

/// <summary>What two people have in common already says how likely the rest is by chance: an address is made of a name, a household has one street.</summary>
internal enum MatchContext
{
    /// <summary>Nothing of that.</summary>
    Any,

    /// <summary>Both names, or all but a slip of the pen.</summary>
    SameName,

    /// <summary>The family name and the city.</summary>
    SameFamily,
}
