namespace Tracker.Core.Policies;

/// <summary>What a retention rule does with the data (compliance 3.1).</summary>
public enum RetentionAction : byte
{
    /// <summary>Deleted at the end.</summary>
    Delete,

    /// <summary>Deleted at the end; the numbers taken from it when it arrived, which name nobody, stay.</summary>
    Anonymise,

    /// <summary>Kept from the beginning for its own purpose only, and deleted at the end.</summary>
    Restrict,
}
