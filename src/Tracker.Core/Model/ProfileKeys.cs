namespace Tracker.Core.Model;

/// <summary>All wrapped keys of a profile: one document, which lives exactly as long as the profile's control.</summary>
public sealed record ProfileKeys
{
    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    public required IReadOnlyDictionary<RetentionClass, WrappedKey> Keys { get; init; }

    public required DateTimeOffset ExpireAt { get; init; }
}
