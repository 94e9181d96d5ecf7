using System.Buffers.Binary;
using System.Text;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Consents;

/// <summary>tenant ‖ 0 ‖ keyed hash of the request.</summary>
internal static class ConsentRequestKey
{
    private const int HashSize = 16;

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, UInt128 requestHash)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Hash(requestHash);
        return key.Key;
    }

    public static TenantId TenantOf(ReadOnlySpan<byte> key) => new(Encoding.UTF8.GetString(key[..^(HashSize + 1)]));

    public static UInt128 HashOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt128BigEndian(key[^HashSize..]);
}
