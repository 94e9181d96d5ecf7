using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <param name="IsOfSecond">To which of the two it happens.</param>
/// <param name="Delay">Minutes until it reached the service; acts happen a minute after each other.</param>
internal sealed record PairAct(PairKind Kind, Purpose Purpose, bool IsOfSecond, int Delay)
{
    public bool IsNo => Kind is PairKind.Withdraw or PairKind.Refuse or PairKind.Object;
}
