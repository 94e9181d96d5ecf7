using Tracker.Core.Ingestion;

namespace Tracker.Storage.RocksDb.Records;

/// <summary>What a micro-batch intends for one profile, gathered while its interactions are looked up.</summary>
internal sealed class ProfilePlan(ProfileChange change)
{
    public ProfileChange Change { get; } = change;

    public bool HasDuplicate { get; set; }

    public bool HasFresh { get; private set; }

    public bool IsStale { get; set; }

    /// <summary>The latest end of the records to store.</summary>
    public DateTimeOffset Until { get; private set; }

    public void AddFresh(DateTimeOffset until)
    {
        Until = HasFresh && Until > until ? Until : until;
        HasFresh = true;
    }
}
