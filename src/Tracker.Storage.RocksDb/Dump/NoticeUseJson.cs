using System.Text.Json;
using Tracker.Core.Consents;
using Tracker.Storage.RocksDb.Consents;

namespace Tracker.Storage.RocksDb.Dump;

internal static class NoticeUseJson
{
    public static void Write(Utf8JsonWriter json, byte[] key, NoticeUse use)
    {
        var (tenant, id, version) = NoticeKey.Read(key);
        json.WriteString("tenant", tenant.Value);
        json.WriteString("id", id);
        json.WriteString("version", version);
        json.WriteNumber("endless", use.Endless);
        json.WriteTime("until", use.Until);
    }
}
