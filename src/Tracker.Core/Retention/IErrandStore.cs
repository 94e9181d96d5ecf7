namespace Tracker.Core.Retention;

public interface IErrandStore
{
    /// <summary>Durable on return; one that is there already stays as it is.</summary>
    Task AddAsync(IReadOnlyList<Errand> errands, CancellationToken cancellation);

    /// <returns>Errands due at or before that instant, the oldest first.</returns>
    Task<IReadOnlyList<Errand>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellation);

    /// <summary>Removes errands that have nothing left to do; durable on return.</summary>
    Task RemoveAsync(IReadOnlyList<Errand> errands, CancellationToken cancellation);
}
