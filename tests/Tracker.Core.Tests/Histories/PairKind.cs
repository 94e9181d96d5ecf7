namespace Tracker.Core.Tests.Histories;

/// <summary>What may happen to two profiles that somebody may take for one person.</summary>
internal enum PairKind
{
    Give,
    Withdraw,
    Refuse,
    Object,
    View,
    Order,
    Review,
}
