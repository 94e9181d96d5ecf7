using System.Text.Json;
using Tracker.Core.Ingestion.Claims;

namespace Tracker.Storage.RocksDb.Dump;

internal static class ReceiptLinkJson
{
    public static void Write(Utf8JsonWriter json, ReceiptLink link)
    {
        json.WriteString("tenant", link.Tenant.Value);
        json.WriteString("receipt", link.Receipt.ToString());
        json.WriteString("interaction", link.Interaction.ToString());
        json.WriteTime("expire_at", link.ExpireAt);
    }
}
