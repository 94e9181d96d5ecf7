namespace Tracker.Core.Ingestion;

/// <summary>A sound interaction on its way through the pipeline, and the answer it waits for.</summary>
public sealed class PendingInteraction(Interaction interaction)
{
    public Interaction Interaction { get; } = interaction;

    /// <summary>The call that it came with; null: it is processed by itself.</summary>
    public PendingCall? Call { get; internal set; }

    /// <summary>Set once, when the answer is final.</summary>
    public InteractionOutcome? Outcome { get; set; }
}
