namespace Tracker.Core.Ingestion;

/// <summary>Interactions of a micro-batch in their order, and all that they have to do with, each once.</summary>
internal sealed record IndependentPart(List<PendingInteraction> Pending, List<UInt128> Subjects);
