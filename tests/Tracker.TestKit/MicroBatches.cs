using Tracker.Core.Ingestion;
using Tracker.Core.Model;

namespace Tracker.TestKit;

/// <summary>Micro-batches with an id of their own unless the test names one.</summary>
public static class MicroBatches
{
    public static MicroBatch Of(IReadOnlyList<ProfileChange> changes, params InteractionWrite[] interactions) =>
        new(interactions[0].Records[0].Tenant, BatchId.New(A.Noon), changes, interactions);

    /// <summary>Of one profile.</summary>
    public static MicroBatch Of(ProfileChange change, params InteractionWrite[] interactions) => Of([change], interactions);

    /// <summary>Without a person.</summary>
    public static MicroBatch Anonymous(params InteractionWrite[] interactions) => Of([], interactions);
}
