namespace Tracker.Core.Ingestion;

/// <summary>A call that waits outside the queue for room.</summary>
internal sealed class WaitingCall(PendingCall call)
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingCall Call => call;

    /// <summary>Completes when it is inside; fails where it never will be.</summary>
    public Task Entered => _entered.Task;

    public void Enter() => _entered.TrySetResult();

    public void Refuse(Exception refusal) => _entered.TrySetException(refusal);

    public void GiveUp(CancellationToken cancellation) => _entered.TrySetCanceled(cancellation);
}
