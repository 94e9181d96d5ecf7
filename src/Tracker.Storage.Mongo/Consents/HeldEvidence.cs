using Tracker.Core.Consents;
using Tracker.Core.Model;

namespace Tracker.Storage.Mongo.Consents;

/// <summary>Which entries a read shows: the living, and those that have expired while a legal hold keeps evidence.</summary>
internal sealed class HeldEvidence(StoreTables tables, TenantId tenant)
{
    public async Task<List<ConsentEntry>> ShownAsync(List<ConsentEntry> entries, CancellationToken cancellation)
    {
        ProfileId[] expired = [.. entries.Where(entry => !tables.Ledgers.IsLive(entry)).Select(entry => entry.Profile).Distinct()];
        if (expired.Length == 0)
        {
            return entries;
        }

        var controls = await tables.Controls.FindLiveAsync(tenant, expired, cancellation);
        var held = controls.OfType<Control>().Where(control => Holding.ClassesOf(control).Contains(RetentionClass.Evidence)).Select(control => control.Profile).ToHashSet();
        return [.. entries.Where(entry => tables.Ledgers.IsLive(entry) || held.Contains(entry.Profile))];
    }
}
