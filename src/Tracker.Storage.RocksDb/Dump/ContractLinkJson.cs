using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ContractLinkJson
{
    public static void Write(Utf8JsonWriter json, ContractLink link)
    {
        json.WriteString("tenant", link.Tenant.Value);
        json.WriteHash("reference", link.Reference);
        json.WriteProfile(link.Profile);
        json.WriteTime("started_at", link.StartedAt);
        json.WriteTime("ended_at", link.EndedAt);
        json.WriteTime("order_ended_at", link.OrderEndedAt);
        json.WriteTime("expire_at", link.ExpireAt);
    }
}
