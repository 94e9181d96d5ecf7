namespace Tracker.Server.Import.Mappings;

/// <summary>The interaction type of groups for which all conditions hold; the first such rule counts.</summary>
internal sealed record TypeRule(string Type, IReadOnlyList<Condition> When);
