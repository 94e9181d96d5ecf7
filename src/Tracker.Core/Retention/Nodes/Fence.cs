namespace Tracker.Core.Retention.Nodes;

/// <summary>
/// Whose turn at a work a write belongs to. It rises with every change of holder, and a store refuses a write under one that
/// is not the last: a node that was paused cannot know by itself that its lease has gone to another.
/// </summary>
public readonly record struct Fence(BackgroundWork Work, long Number);
