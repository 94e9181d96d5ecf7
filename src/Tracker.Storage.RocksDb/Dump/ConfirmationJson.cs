using System.Text.Json;
using Tracker.Storage.RocksDb.Consents;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ConfirmationJson
{
    public static void Write(Utf8JsonWriter json, byte[] key, ConsentRequest waiting)
    {
        json.WriteString("tenant", ConsentRequestKey.TenantOf(key).Value);
        json.WriteHash("token_hash", ConsentRequestKey.HashOf(key));
        json.WriteProfile(waiting.Profile);
        json.WriteNumber("sequence", waiting.Sequence);
        json.WriteTime("expire_at", waiting.ExpireAt);
    }
}
