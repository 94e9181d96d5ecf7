namespace Tracker.Core.Retention;

/// <summary>A store that deletes what is past its <c>expire_at</c>; reads hide it from that instant on, whether deleted or not.</summary>
public interface IExpireData
{
    /// <summary>Deletes up to <paramref name="limit"/> due documents, oldest first; safe to repeat and to interrupt.</summary>
    Task<SweepResult> SweepAsync(int limit, CancellationToken cancellation);

    Task<Overdue> MeasureAsync(CancellationToken cancellation);
}
