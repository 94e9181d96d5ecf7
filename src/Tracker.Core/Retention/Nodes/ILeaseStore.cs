namespace Tracker.Core.Retention.Nodes;

/// <summary>Who does which work, agreed on by all processes over one store.</summary>
public interface ILeaseStore
{
    /// <summary>Takes the lease where it is free or over, or moves the end of the holder's own; durable on return.</summary>
    /// <param name="holder">Of one process, and no other before or after it.</param>
    /// <returns>The fence: the same for as long as nobody else takes it. Null: another has it.</returns>
    Task<Fence?> TakeAsync(BackgroundWork work, string holder, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Lets the next one take it at once; nothing where another has taken it since. Durable on return.</summary>
    Task ReleaseAsync(Fence fence, CancellationToken cancellation);
}
