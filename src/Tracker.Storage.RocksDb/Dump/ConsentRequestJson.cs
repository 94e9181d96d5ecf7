using System.Text.Json;
using Tracker.Storage.RocksDb.Consents;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ConsentRequestJson
{
    public static void Write(Utf8JsonWriter json, byte[] key, ConsentRequest request)
    {
        json.WriteString("tenant", ConsentRequestKey.TenantOf(key).Value);
        json.WriteHash("request_hash", ConsentRequestKey.HashOf(key));
        json.WriteProfile(request.Profile);
        json.WriteNumber("sequence", request.Sequence);
        json.WriteNumber("consent_epoch", request.ConsentEpoch);
        json.WriteTime("expire_at", request.ExpireAt);
    }
}
