using System.Text.Json;
using Tracker.Core.Policies;

namespace Tracker.Storage.RocksDb.Dump;

internal static class PolicyVersionJson
{
    public static void Write(Utf8JsonWriter json, PolicyVersion policy)
    {
        json.WriteString("tenant", policy.Tenant.Value);
        json.WriteString("version", policy.Version);
        json.WriteString("sha256", Convert.ToHexStringLower(policy.Sha256.Span));
        json.WriteNumber("document_bytes", policy.Document.Length);
        json.WriteTime("first_used_at", policy.FirstUsedAt);
        json.WriteTimes("resumed_at", policy.ResumedAt);
        json.WriteTime("expire_at", policy.ExpireAt);
    }
}
