using System.Text;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Keys;

/// <summary>"key_check" ‖ 0 ‖ tenant ‖ 0 ‖ version, among the metadata.</summary>
internal static class KeyCheckKey
{
    public static ReadOnlySpan<byte> Prefix => "key_check\0"u8;

    public static ReadOnlySpan<byte> WriteTenant(Span<byte> buffer, TenantId tenant)
    {
        var key = new KeyBuilder(buffer);
        key.Bytes(Prefix);
        key.Tenant(tenant);
        return key.Key;
    }

    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, byte version)
    {
        var key = new KeyBuilder(buffer);
        key.Bytes(Prefix);
        key.Tenant(tenant);
        key.Byte(version);
        return key.Key;
    }

    public static TenantId TenantOf(ReadOnlySpan<byte> key) => new(Encoding.UTF8.GetString(key[Prefix.Length..^2]));

    public static byte VersionOf(ReadOnlySpan<byte> key) => key[^1];
}
