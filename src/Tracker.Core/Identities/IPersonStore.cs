namespace Tracker.Core.Identities;

/// <summary>Which profiles are one person; it stands on their control documents.</summary>
public interface IPersonStore
{
    /// <summary>
    /// Writes links and members of all these profiles, raises the person epoch of each by one and leaves the errands, all at once and
    /// durable on return. From then on no commit that was decided before it is accepted for any of them. No end moves.
    /// </summary>
    /// <returns>False: one of them is gone, or has moved since it was read; nothing was written.</returns>
    Task<bool> ChangeAsync(PersonChange change, CancellationToken cancellation);
}
