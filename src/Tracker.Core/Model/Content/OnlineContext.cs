namespace Tracker.Core.Model.Content;

public sealed record OnlineContext
{
    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    public string? PageUrl { get; init; }

    public string? PageTitle { get; init; }

    public string? Referrer { get; init; }

    public string? SessionId { get; init; }

    public string? SearchTerm { get; init; }

    public TimeSpan? TimeSpent { get; init; }

    public Campaign? Campaign { get; init; }

    public IReadOnlyList<Property>? Properties { get; init; }

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(OnlineContext);
}
