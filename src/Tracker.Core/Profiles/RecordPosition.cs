using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>Where a record stands in a timeline: newest first, then by key.</summary>
public readonly record struct RecordPosition(DateTimeOffset OccurredAt, InteractionKey Key);
