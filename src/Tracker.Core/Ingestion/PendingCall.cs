namespace Tracker.Core.Ingestion;

/// <summary>The sound interactions of one call, in the order sent. They share a micro-batch.</summary>
/// <param name="bytes">What they took on the wire, for the bound on memory.</param>
public sealed class PendingCall(IReadOnlyList<PendingInteraction> interactions, long bytes)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<PendingInteraction> Interactions { get; } = interactions;

    public long Bytes { get; } = bytes;

    /// <summary>Completes when every interaction has its outcome, or fails with what prevented it.</summary>
    public Task Answered => _answered.Task;

    public void Answer() => _answered.TrySetResult();

    public void Fail(Exception fault) => _answered.TrySetException(fault);
}
