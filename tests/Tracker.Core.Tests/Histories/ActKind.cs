namespace Tracker.Core.Tests.Histories;

/// <summary>In the order in which things of the same hour are done.</summary>
internal enum ActKind
{
    Give,
    Withdraw,
    View,

    /// <summary>Everything of the person is looked at again, as an errand would at any time.</summary>
    Review,
}
