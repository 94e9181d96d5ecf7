namespace Tracker.Server.Import.Mappings;

/// <summary>A column that the mapping uses, and its place among the values kept of a row.</summary>
internal readonly record struct Column(string Name, int Index);
