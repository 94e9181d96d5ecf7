using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <summary>One thing that happens in a random history.</summary>
/// <param name="At">Hours from the start at which it happened.</param>
/// <param name="Delay">Hours until it reached the service.</param>
internal sealed record Act(ActKind Kind, Purpose Purpose, int At, int Delay)
{
    public int Arrival => At + Delay;
}
