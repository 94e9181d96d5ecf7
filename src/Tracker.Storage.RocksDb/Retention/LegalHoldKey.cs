using System.Text;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Retention;

/// <summary>tenant ‖ 0 ‖ id; an id may be longer than the keys of other documents.</summary>
internal static class LegalHoldKey
{
    public static byte[] Of(TenantId tenant, string id)
    {
        var text = Encoding.UTF8.GetBytes(id);
        var buffer = new byte[Encoding.UTF8.GetByteCount(tenant.Value) + 1 + text.Length];
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Bytes(text);
        return buffer;
    }
}
