namespace Tracker.Core.Ingestion;

public interface ICountStore
{
    /// <returns>One answer per count, in order, when all are durable; never Stale.</returns>
    Task<IReadOnlyList<CommitAnswer>> AppendAsync(IReadOnlyList<CountRecord> counts, CancellationToken cancellation);
}
