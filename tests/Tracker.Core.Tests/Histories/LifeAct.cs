using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <summary>One thing that happens in the life of a person.</summary>
/// <param name="At">Days from the start at which it happened.</param>
/// <param name="Delay">Days until it reached the service.</param>
internal sealed record LifeAct(LifeKind Kind, Purpose Purpose, bool IsChild, int At, int Delay)
{
    public int Arrival => At + Delay;
}
