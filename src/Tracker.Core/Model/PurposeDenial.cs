namespace Tracker.Core.Model;

/// <summary>A purpose that was asked for and has no basis.</summary>
public sealed record PurposeDenial(Purpose Purpose, Reason Reason);
