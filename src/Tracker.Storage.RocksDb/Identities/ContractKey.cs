using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>tenant ‖ 0 ‖ keyed hash of the number.</summary>
internal static class ContractKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, UInt128 reference)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Hash(reference);
        return key.Key;
    }
}
