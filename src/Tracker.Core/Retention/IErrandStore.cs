using Tracker.Core.Retention.Nodes;

namespace Tracker.Core.Retention;

public interface IErrandStore
{
    /// <summary>Durable on return; one that is there already stays as it is. One too many does no harm, and so nobody is refused.</summary>
    Task AddAsync(IReadOnlyList<Errand> errands, CancellationToken cancellation);

    /// <returns>Errands due at or before that instant, the oldest first.</returns>
    Task<IReadOnlyList<Errand>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellation);

    /// <summary>Removes errands that have nothing left to do, all at once; durable on return.</summary>
    /// <param name="fence">Null: whoever does the work in the background, this is not part of it.</param>
    /// <exception cref="LeaseLostException">Another node does it since; nothing was removed.</exception>
    Task RemoveAsync(IReadOnlyList<Errand> errands, Fence? fence, CancellationToken cancellation);
}
