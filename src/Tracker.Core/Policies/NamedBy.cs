namespace Tracker.Core.Policies;

/// <summary>What a kind of identifier names.</summary>
public enum NamedBy
{
    Unspecified = 0,

    /// <summary>A person: it decides whose an interaction is.</summary>
    Person = 1,

    /// <summary>Something that a family may share: it decides only where nothing names a person.</summary>
    Household = 2,

    /// <summary>A machine: as a household, and it leads to whoever named themselves on it last (E11).</summary>
    Machine = 3,

    /// <summary>A purchase, and nobody.</summary>
    Purchase = 4,
}
