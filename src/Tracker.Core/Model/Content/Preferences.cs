namespace Tracker.Core.Model.Content;

public sealed record Preferences
{
    public IReadOnlyList<GarmentSize>? Sizes { get; init; }

    public IReadOnlyList<string>? Styles { get; init; }

    public IReadOnlyList<string>? Interests { get; init; }

    public string? Sex { get; init; }

    public string? Education { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(Preferences);
}
