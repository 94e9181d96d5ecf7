namespace Tracker.Core.Retention.Nodes;

/// <summary>Another node does the work since: what this one wanted to write was not written, and it has to stop.</summary>
public sealed class LeaseLostException(BackgroundWork work) : Exception($"The lease of {work} has gone to another node.");
