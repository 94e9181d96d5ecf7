using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Policies;

/// <summary>tenant ‖ 0 ‖ SHA-256 of the document.</summary>
internal static class PolicyKey
{
    /// <summary>What the keys of all versions of a tenant begin with.</summary>
    public static byte[] OfAll(TenantId tenant)
    {
        Span<byte> buffer = stackalloc byte[KeyBuilder.MaxSize];
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        return key.Key.ToArray();
    }

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, ReadOnlyMemory<byte> sha256)
    {
        PolicyVersion.CheckName(sha256);
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Bytes(sha256.Span);
        return key.Key;
    }
}
