using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>tenant ‖ 0 ‖ keyed hash of the request.</summary>
internal static class ConsentRequestKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, UInt128 requestHash)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Hash(requestHash);
        return key.Key;
    }
}
