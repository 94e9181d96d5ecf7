using System.Text.Json;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Dump;

internal static class RecordJson
{
    public static void Write(Utf8JsonWriter json, InteractionRecord record, string? digest)
    {
        json.WriteString("tenant", record.Tenant.Value);
        json.WriteProfile(record.Profile);
        json.WriteString("key", record.Key.ToString());
        json.WriteEnum("class", record.Class);
        json.WriteEnums("classes", record.Classes.Members());
        json.WriteString("batch", record.Batch.ToString());
        json.WriteString("source", record.Source.Value);
        json.WriteString("type", record.Type);
        json.WriteEnum("channel", record.Channel);
        json.WriteTime("occurred_at", record.OccurredAt);
        json.WriteTime("received_at", record.ReceivedAt);
        json.WriteEnum("initiator", record.Initiator);
        json.WriteTexts("identifiers", record.Identifiers.Select(identifier => identifier.ToString()));
        json.WriteHash("order_reference", record.OrderReference);
        json.WriteHashes("contract_references", record.ContractReferences);
        json.WriteDecision(record.Decision);
        json.WriteGrants(record.Grants);
        json.WriteTime("expire_at", record.ExpireAt);
        json.WriteTexts("holds", record.Holds);
        json.WriteBoolean("is_restricted", record.IsRestricted);
        json.WritePayload(record.Payload, digest);
    }
}
