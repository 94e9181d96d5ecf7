namespace Tracker.Core.Retention;

/// <summary>What is past its end and still stored; hidden in any case.</summary>
/// <param name="Lag">How long the oldest has been waiting to be deleted; zero if none is.</param>
/// <param name="Count">How many there are, counted up to <see cref="MaxCount"/>.</param>
public sealed record Overdue(TimeSpan Lag, int Count)
{
    /// <summary>Beyond it the exact number says nothing that this one does not.</summary>
    public const int MaxCount = 100_000;
}
