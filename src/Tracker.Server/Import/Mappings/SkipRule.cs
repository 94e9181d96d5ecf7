namespace Tracker.Server.Import.Mappings;

/// <summary>Groups for which all conditions hold are left out and counted under the reason.</summary>
internal sealed record SkipRule(string Reason, IReadOnlyList<Condition> When);
