using Tracker.Core.Ingestion.Claims;

namespace Tracker.Core.Ingestion;

/// <summary>A sound interaction on its way through the pipeline, and the answer it waits for.</summary>
/// <param name="interaction">As it is decided.</param>
/// <param name="replaces">The sale of nobody that it is; null: it is new.</param>
public sealed class PendingInteraction(Interaction interaction, AnonymousSale? replaces = null)
{
    public Interaction Interaction { get; } = interaction;

    public AnonymousSale? Replaces { get; } = replaces;

    /// <summary>Set once, when the answer is final.</summary>
    public InteractionOutcome? Outcome { get; set; }
}
