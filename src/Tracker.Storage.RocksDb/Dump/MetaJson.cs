using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Tracker.Storage.RocksDb.Keys;
using Tracker.Storage.RocksDb.Opening;

namespace Tracker.Storage.RocksDb.Dump;

internal static class MetaJson
{
    public static void Write(Utf8JsonWriter json, byte[] key, byte[] value)
    {
        if (key.AsSpan().SequenceEqual(StoreFormat.VersionKey))
        {
            json.WriteNumber("format_version", BinaryPrimitives.ReadInt32BigEndian(value));
        }
        else if (key.AsSpan().SequenceEqual(StoreFormat.CreatedAtKey))
        {
            json.WriteTime("created_at", DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(value)));
        }
        else if (key.AsSpan().StartsWith(KeyCheckKey.Prefix))
        {
            json.WriteString("tenant", KeyCheckKey.TenantOf(key).Value);
            json.WriteNumber("tenant_key_version", KeyCheckKey.VersionOf(key));
        }
        else
        {
            json.WriteString(Encoding.UTF8.GetString(key), Convert.ToHexStringLower(value));
        }
    }
}
