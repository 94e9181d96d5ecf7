using System.Text;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Engine;

namespace Tracker.Storage.RocksDb.Identities;

/// <summary>tenant ‖ 0 ‖ kind ‖ key version ‖ keyed hash.</summary>
internal static class IdentifierKey
{
    public static ReadOnlySpan<byte> Write(Span<byte> buffer, TenantId tenant, IdentifierHash identifier)
    {
        var key = new KeyBuilder(buffer);
        key.Tenant(tenant);
        key.Identifier(identifier);
        return key.Key;
    }

    public static TenantId TenantOf(ReadOnlySpan<byte> key) => new(Encoding.UTF8.GetString(key[..^(IdentifierHash.Size + 1)]));

    public static IdentifierHash IdentifierOf(ReadOnlySpan<byte> key) => IdentifierHash.Read(key[^IdentifierHash.Size..]);
}
