namespace Tracker.Core.Security;

/// <summary>One version of a tenant's keys, from 1.</summary>
/// <param name="WrappingKey">32 bytes; wraps the data keys of profiles (AES-256-GCM).</param>
/// <param name="HashKey">32 bytes; hashes identifiers and message ids (HMAC-SHA-256).</param>
public sealed record TenantKey(byte Version, ReadOnlyMemory<byte> WrappingKey, ReadOnlyMemory<byte> HashKey)
{
    /// <summary>From when on identifiers are hashed under it; until then it is only looked for, so that no node writes what another cannot find.</summary>
    public DateTimeOffset WrittenFrom { get; init; }

    public override string ToString() => $"version {Version}";
}
