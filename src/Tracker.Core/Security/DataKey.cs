
namespace Tracker.Core.Security;

/// <summary>A key that opens payloads, in memory only.</summary>
/// <param name="TenantKeyVersion">For anonymous records the tenant key it is derived from; otherwise 0.</param>
public readonly record struct DataKey(byte TenantKeyVersion, ReadOnlyMemory<byte> Bytes)
{
    public override string ToString() => nameof(DataKey);
}
