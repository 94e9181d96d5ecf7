using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>The sound interactions of one call, in the order sent. They enter a micro-batch together, and may leave it in parts.</summary>
public sealed class PendingCall
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;
    private Exception? _fault;

    /// <param name="interactions">At least one: the last of them answers the call.</param>
    /// <param name="bytes">What they took on the wire, for the bound on memory.</param>
    public PendingCall(IReadOnlyList<PendingInteraction> interactions, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(interactions.Count, nameof(interactions));
        (Interactions, Bytes, _open) = (interactions, bytes, interactions.Count);
        foreach (var item in interactions)
        {
            item.Call = this;
        }
    }

    public IReadOnlyList<PendingInteraction> Interactions { get; }

    public long Bytes { get; }

    /// <summary>Who sent them: a call has one caller.</summary>
    public (TenantId Tenant, SourceId Source) Source => (Interactions[0].Interaction.Tenant, Interactions[0].Interaction.Source);

    /// <summary>Completes when every interaction has its outcome, or fails with what prevented it.</summary>
    public Task Answered => _answered.Task;

    /// <summary>So many more of its interactions are done.</summary>
    /// <param name="fault">What prevented them; null: each has its outcome.</param>
    /// <returns>Whether they were the last.</returns>
    public bool Settle(int interactions, Exception? fault)
    {
        // Its parts end at the same time: one that went well must not write its null over what another failed with.
        if (fault is not null)
        {
            Interlocked.CompareExchange(ref _fault, fault, comparand: null);
        }

        return Interlocked.Add(ref _open, -interactions) == 0;
    }

    /// <summary>All of them are done.</summary>
    public void Answer()
    {
        if (_fault is null)
        {
            _answered.TrySetResult();
        }
        else
        {
            _answered.TrySetException(_fault);
        }
    }
}
