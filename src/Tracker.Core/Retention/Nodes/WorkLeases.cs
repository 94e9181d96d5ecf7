using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracker.Core.Retention.Nodes;

/// <summary>The leases of this process; every work of it has one.</summary>
public sealed class WorkLeases(ILeaseStore store, RetentionMetrics metrics, IOptions<RetentionOptions> options, TimeProvider time, ILogger<WorkLease> logger)
{
    private readonly string _holder = Guid.CreateVersion7().ToString("N");

    public WorkLease For(BackgroundWork work)
    {
        metrics.Works(work, isDone: false);
        return new(work, _holder, store, metrics, options.Value.LeaseFor, time, logger);
    }
}
