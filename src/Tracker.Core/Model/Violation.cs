namespace Tracker.Core.Model;

/// <summary>One broken rule of the contract: the path of the field and what is allowed, never the value.</summary>
public sealed record Violation(string Field, string Description);
