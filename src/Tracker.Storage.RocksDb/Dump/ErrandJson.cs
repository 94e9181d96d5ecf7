using System.Text.Json;
using Tracker.Storage.RocksDb.Retention;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ErrandJson
{
    public static void Write(Utf8JsonWriter json, byte[] key)
    {
        var errand = ErrandKey.Read(key);
        json.WriteTime("due_at", errand.DueAt);
        json.WriteString("tenant", errand.Tenant.Value);
        json.WriteProfile(errand.Profile);
    }
}
