namespace Tracker.Core.Model.Content;

public sealed record PostalAddress
{
    /// <summary>CLDR region code of the country, such as "IT".</summary>
    public string? Region { get; init; }

    public string? PostalCode { get; init; }

    public string? AdministrativeArea { get; init; }

    public string? Locality { get; init; }

    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<string> Recipients { get; init; } = [];

    public string? Organization { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(PostalAddress);
}
