using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <summary>One thing that happens in the life of a person.</summary>
/// <param name="IsChild">What a birth date says; also one that is stated with a consent.</param>
/// <param name="StatesAge">Of a consent: whether it comes with a birth date.</param>
/// <param name="At">Days from the start at which it happened.</param>
/// <param name="Delay">Days until it reached the service.</param>
internal sealed record LifeAct(LifeKind Kind, Purpose Purpose, bool IsChild, bool StatesAge, int At, int Delay)
{
    public int Arrival => At + Delay;

    public bool TellsAge => Kind == LifeKind.BirthDate || (StatesAge && Kind is LifeKind.Give or LifeKind.GiveTwice);
}
