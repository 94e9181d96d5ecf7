using System.Buffers.Binary;
using System.Text;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>tenant ‖ 0 ‖ id ‖ version, each with its length.</summary>
internal static class NoticeKey
{
    private const int LengthsSize = 2 * sizeof(ushort);

    public static byte[] Of(TenantId tenant, string id, string version)
    {
        var size = Encoding.UTF8.GetByteCount(tenant.Value) + 1 + Encoding.UTF8.GetByteCount(id) + Encoding.UTF8.GetByteCount(version) + LengthsSize;
        var buffer = new byte[size];
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.LengthPrefixed(id);
        key.LengthPrefixed(version);
        return buffer;
    }

    /// <summary>What the keys of all versions of a notice begin with.</summary>
    public static byte[] OfAll(TenantId tenant, string id) => Of(tenant, id, "")[..^sizeof(ushort)];

    /// <summary>What the keys of all notices begin with.</summary>
    public static byte[] OfAll(TenantId tenant) => Of(tenant, "", "")[..^LengthsSize];

    public static (TenantId Tenant, string Id, string Version) Read(ReadOnlySpan<byte> key)
    {
        var tenant = key[..key.IndexOf((byte)0)];
        var rest = key[(tenant.Length + 1)..];
        var id = rest.Slice(sizeof(ushort), BinaryPrimitives.ReadUInt16BigEndian(rest));
        return (new(Encoding.UTF8.GetString(tenant)), Encoding.UTF8.GetString(id), Encoding.UTF8.GetString(rest[(id.Length + LengthsSize)..]));
    }
}
