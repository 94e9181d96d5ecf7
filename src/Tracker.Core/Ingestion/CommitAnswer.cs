namespace Tracker.Core.Ingestion;

public enum CommitAnswer
{
    /// <summary>Durable, now or by an earlier write of the same batch id.</summary>
    Stored,

    /// <summary>Stored before under the same key; left as it is (a half-written one is completed to its own class set).</summary>
    Duplicate,

    /// <summary>What the decision rested on has changed since it was read; nothing of it was written, decide again.</summary>
    Stale,
}
