using System.Text.Json;
using Tracker.Core.Retention.Nodes;

namespace Tracker.Storage.RocksDb.Dump;

internal static class LeaseJson
{
    public static void Write(Utf8JsonWriter json, Lease lease)
    {
        json.WriteEnum("work", lease.Work);
        json.WriteString("holder", lease.Holder);
        json.WriteNumber("fence", lease.Fence);
        json.WriteTime("until", lease.Until);
        json.WriteTime("expire_at", lease.ExpireAt);
    }
}
