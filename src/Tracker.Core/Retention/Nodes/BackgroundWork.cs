namespace Tracker.Core.Retention.Nodes;

/// <summary>What one node does for all of them. Names are stored; never rename one.</summary>
public enum BackgroundWork
{
    /// <summary>Errands and rollouts.</summary>
    Review = 1,

    /// <summary>The deletion of what is past its end.</summary>
    Sweep = 2,
}
