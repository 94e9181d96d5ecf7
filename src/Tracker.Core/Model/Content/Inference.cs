namespace Tracker.Core.Model.Content;

/// <summary>A score or segment that was derived of the person; exactly one value is set.</summary>
public sealed record Inference
{
    public required string Name { get; init; }

    public string? Text { get; init; }

    public long? Whole { get; init; }

    public double? Number { get; init; }

    public bool? Truth { get; init; }

    /// <summary>What it reveals: an inference is as special as what it infers (CJEU C-184/20).</summary>
    public SpecialCategory SpecialCategory { get; init; }

    /// <summary>Null only before it is checked.</summary>
    public DateTimeOffset? ComputedAt { get; init; }
}
