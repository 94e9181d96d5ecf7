using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>A count as a caller sent it.</summary>
public sealed record CountDraft
{
    public string MessageId { get; init; } = "";

    public string Metric { get; init; } = "";

    public string? StoreId { get; init; }

    public Channel Channel { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public long Value { get; init; }

    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
