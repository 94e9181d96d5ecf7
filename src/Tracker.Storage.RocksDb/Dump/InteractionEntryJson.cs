using System.Text.Json;
using Tracker.Storage.RocksDb.Records;

namespace Tracker.Storage.RocksDb.Dump;

internal static class InteractionEntryJson
{
    public static void Write(Utf8JsonWriter json, InteractionEntry entry)
    {
        json.WriteString("key", entry.Key.ToString());
        json.WriteString("tenant", entry.Tenant.Value);
        json.WriteProfile(entry.Profile);
        json.WriteTime("occurred_at", entry.OccurredAt);
        json.WriteEnums("present", entry.Present.Members());
        json.WriteEnums("expected", entry.Expected.Members());
        json.WriteString("batch", entry.Batch.ToString());
        json.WriteTime("expire_at", entry.ExpireAt);
    }
}
