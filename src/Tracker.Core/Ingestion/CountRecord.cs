using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>A number without a person, such as visitors through a door.</summary>
public sealed record CountRecord
{
    public required TenantId Tenant { get; init; }

    public required InteractionKey Key { get; init; }

    public required SourceId Source { get; init; }

    public required string Metric { get; init; }

    public string? StoreId { get; init; }

    public required Channel Channel { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required long Value { get; init; }

    public required DateTimeOffset ExpireAt { get; init; }
}
