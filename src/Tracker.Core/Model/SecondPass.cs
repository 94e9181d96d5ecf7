namespace Tracker.Core.Model;

/// <summary>Everything of a profile that something was forbidden for is looked at at once, and once more when whatever was under way is committed or never will be.</summary>
/// <param name="Delay">Between the two; longer than a write may take.</param>
public sealed record SecondPass(TimeSpan Delay)
{
    /// <summary>When both are due.</summary>
    public IReadOnlyList<DateTimeOffset> From(DateTimeOffset now) => [now, now + Delay];
}
