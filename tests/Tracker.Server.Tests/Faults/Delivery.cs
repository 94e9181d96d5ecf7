using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Tests.Faults;

/// <summary>One call of a caller, who repeats it as it is until it has an answer.</summary>
internal sealed class Delivery(IReadOnlyList<Wire.Interaction> items)
{
    public IReadOnlyList<Wire.Interaction> Items => items;

    /// <summary>Calls without an answer: nobody knows what became of them.</summary>
    public int Unknown { get; set; }

    /// <summary>Empty until it is answered.</summary>
    public IReadOnlyList<Wire.InteractionResult> Results { get; set; } = [];

    public IEnumerable<(Wire.Interaction Item, Wire.InteractionResult Result)> Answers => items.Zip(Results);
}
