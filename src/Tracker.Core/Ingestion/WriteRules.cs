using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>What must hold of a write whoever sends it; breaking one is a fault of the caller, never of the data.</summary>
public static class WriteRules
{
    public static void Check(MicroBatch batch, InteractionWrite write)
    {
        if (write.Records.Count == 0)
        {
            throw new InvalidOperationException("An interaction without records cannot be stored.");
        }

        if (write.Profile.IsNone ? write.Replaces is not null : write.Receipts.Count > 0)
        {
            throw new InvalidOperationException("Only a sale of nobody can be claimed, and only by somebody.");
        }

        for (var i = 0; i < write.Records.Count; i++)
        {
            Check(batch.Tenant, write, write.Records[i]);
        }
    }

    public static void CheckOwner(TenantId tenant, TenantId stored)
    {
        if (stored != tenant)
        {
            throw new InvalidOperationException("An interaction key belongs to another tenant; its hash must contain the tenant.");
        }
    }

    /// <returns>The plan of the profile that an interaction names.</returns>
    public static ProfilePlan PlanOf(IReadOnlyDictionary<ProfileId, ProfilePlan> plans, ProfileId profile) => plans.TryGetValue(profile, out var plan)
        ? plan
        : throw new InvalidOperationException("An interaction of a profile without its change cannot be stored: nothing says under which epoch it was decided.");

    private static void Check(TenantId tenant, InteractionWrite write, InteractionRecord record)
    {
        if (record.Tenant != tenant || record.Profile != write.Profile || record.Key != write.Key || record.OccurredAt != write.Records[0].OccurredAt)
        {
            throw new InvalidOperationException("All records of an interaction have its tenant, profile, key and time.");
        }
    }
}
