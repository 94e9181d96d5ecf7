namespace Tracker.Core.Ingestion;

/// <summary>The sound interactions of one call, in the order sent. They share a micro-batch.</summary>
public sealed class PendingCall(IReadOnlyList<PendingInteraction> interactions)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<PendingInteraction> Interactions { get; } = interactions;

    /// <summary>Completes when every interaction has its outcome, or fails with what prevented it.</summary>
    public Task Answered => _answered.Task;

    public void Answer() => _answered.TrySetResult();

    public void Fail(Exception fault) => _answered.TrySetException(fault);
}
