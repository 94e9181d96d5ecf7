namespace Tracker.Core.Model;

/// <summary>A data key of (profile, class) as stored: encrypted under the tenant's key of that version.</summary>
public sealed record WrappedKey(byte TenantKeyVersion, ReadOnlyMemory<byte> Bytes);
