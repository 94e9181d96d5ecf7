using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>What must hold of a write whoever sends it; breaking one is a fault of the caller, never of the data.</summary>
internal static class WriteRules
{
    public static void Check(MicroBatch batch, InteractionWrite write)
    {
        if (write.Records.Count == 0)
        {
            throw new InvalidOperationException("An interaction without records cannot be stored.");
        }

        for (var i = 0; i < write.Records.Count; i++)
        {
            Check(batch.Tenant, write, write.Records[i]);
        }
    }

    public static void CheckOwner(TenantId tenant, InteractionEntry stored)
    {
        if (stored.Tenant != tenant)
        {
            throw new InvalidOperationException("An interaction key belongs to another tenant; its hash must contain the tenant.");
        }
    }

    private static void Check(TenantId tenant, InteractionWrite write, InteractionRecord record)
    {
        if (record.Tenant != tenant || record.Profile != write.Profile || record.Key != write.Key || record.OccurredAt != write.Records[0].OccurredAt)
        {
            throw new InvalidOperationException("All records of an interaction have its tenant, profile, key and time.");
        }
    }
}
