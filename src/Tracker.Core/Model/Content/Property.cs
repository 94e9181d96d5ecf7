namespace Tracker.Core.Model.Content;

/// <summary>An open attribute; exactly one value is set.</summary>
public sealed record Property
{
    public required string Key { get; init; }

    public string? Text { get; init; }

    public long? Whole { get; init; }

    public double? Number { get; init; }

    public bool? Truth { get; init; }

    public DateTimeOffset? Instant { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(Property);
}
