namespace Tracker.Core.Policies;

/// <summary>
/// What a retention rule says of the data besides its end (compliance 3.1). At the end all of it is deleted, whichever it is;
/// the others promise nothing less.
/// </summary>
public enum RetentionAction : byte
{
    /// <summary>Deleted at the end.</summary>
    Delete,

    /// <summary>Deleted at the end like all else. Numbers that name nobody may outlive it: rollups count on arrival, and nothing is made anonymous afterwards.</summary>
    Anonymise,

    /// <summary>Kept and readable for its own purpose only, as every grant is, and deleted at the end.</summary>
    Restrict,
}
