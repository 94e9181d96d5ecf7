namespace Tracker.Core.Tests.Histories;

/// <summary>In the order in which things of the same hour are done.</summary>
internal enum LifeKind
{
    Give,

    /// <summary>A consent that waits for its confirmation, which comes at once.</summary>
    GiveTwice,

    Refuse,
    Withdraw,
    Object,
    BirthDate,
    View,
    Order,
    Hold,
    Release,
    Restrict,
    Free,
    Review,
    Sweep,
}
