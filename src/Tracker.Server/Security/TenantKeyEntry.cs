using System.Text.Json.Serialization;

namespace Tracker.Server.Security;

/// <summary>One version of a tenant's keys, as written.</summary>
internal sealed record TenantKeyEntry
{
    public byte Version { get; init; }

    /// <summary>From when on identifiers are hashed under it; absent: at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? WrittenFrom { get; init; }

    public byte[]? WrappingKey { get; init; }

    public byte[]? HashKey { get; init; }
}
