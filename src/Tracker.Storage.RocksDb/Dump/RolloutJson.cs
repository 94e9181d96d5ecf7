using System.Text.Json;
using Tracker.Core.Retention;

namespace Tracker.Storage.RocksDb.Dump;

internal static class RolloutJson
{
    public static void Write(Utf8JsonWriter json, Rollout rollout)
    {
        json.WriteString("tenant", rollout.Tenant.Value);
        json.WriteString("policy_sha256", Convert.ToHexStringLower(rollout.PolicySha256.Span));
        json.WriteTime("started_at", rollout.StartedAt);
        json.WriteString("after", rollout.After?.ToString());
        json.WriteBoolean("has_visited_profiles", rollout.HasVisitedProfiles);
        json.WriteTime("after_unowned", rollout.AfterUnowned?.OccurredAt);
        json.WriteTime("finished_at", rollout.FinishedAt);
        json.WriteTime("next_at", rollout.NextAt);
        json.WriteTime("products_decided_before", rollout.ProductsDecidedBefore);
        json.WriteNumber("version", rollout.Version);
        json.WriteTime("expire_at", rollout.ExpireAt);
    }
}
