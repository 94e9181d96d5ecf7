using Tracker.Core.Catalog;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Catalog;

/// <summary>tenant ‖ 0 ‖ kind ‖ id in UTF-8.</summary>
internal static class CatalogKey
{
    /// <summary>A tenant of 32 letters, and three bytes for each character of an id.</summary>
    public const int MaxSize = 32 + 1 + 1 + (3 * CatalogEntry.MaxIdLength);

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, CatalogKind kind, string id)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Byte((byte)kind);
        key.Text(id);
        return key.Key;
    }

    /// <summary>What the keys of all entries of a kind begin with.</summary>
    public static ReadOnlySpan<byte> WritePrefix(Span<byte> buffer, TenantId tenant, CatalogKind kind) => Write(buffer, tenant, kind, "");
}
