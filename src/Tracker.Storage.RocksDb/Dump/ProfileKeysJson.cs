using System.Security.Cryptography;
using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ProfileKeysJson
{
    public static void Write(Utf8JsonWriter json, ProfileKeys keys)
    {
        json.WriteString("tenant", keys.Tenant.Value);
        json.WriteProfile(keys.Profile);
        json.WriteStartArray("keys");
        foreach (var (member, key) in keys.Keys)
        {
            json.WriteStartObject();
            json.WriteEnum("class", member);
            json.WriteNumber("tenant_key_version", key.TenantKeyVersion);

            // A copy of a wrapped key outside the store would outlive its deletion, which is the erasure of the data.
            json.WriteString("wrapped_sha256", Convert.ToHexStringLower(SHA256.HashData(key.Bytes.Span)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTime("expire_at", keys.ExpireAt);
    }
}
