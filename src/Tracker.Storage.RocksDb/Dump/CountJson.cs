using System.Text.Json;
using Tracker.Core.Ingestion;

namespace Tracker.Storage.RocksDb.Dump;

internal static class CountJson
{
    public static void Write(Utf8JsonWriter json, CountRecord count)
    {
        json.WriteString("tenant", count.Tenant.Value);
        json.WriteString("key", count.Key.ToString());
        json.WriteString("source", count.Source.Value);
        json.WriteString("metric", count.Metric);
        json.WriteString("store_id", count.StoreId);
        json.WriteEnum("channel", count.Channel);
        json.WriteTime("started_at", count.StartedAt);
        json.WriteTime("ended_at", count.EndedAt);
        json.WriteNumber("value", count.Value);
        json.WriteTime("expire_at", count.ExpireAt);
    }
}
