using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Policies;

/// <summary>tenant ‖ 0 ‖ SHA-256 of the document.</summary>
internal static class PolicyKey
{
    private const int HashSize = 32;

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, ReadOnlyMemory<byte> sha256)
    {
        if (sha256.Length != HashSize)
        {
            throw new InvalidOperationException("A policy document is named by its SHA-256, which has 32 bytes.");
        }

        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Bytes(sha256.Span);
        return key.Key;
    }
}
