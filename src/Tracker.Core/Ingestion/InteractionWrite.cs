using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>One interaction to store: all of its records, or nothing.</summary>
public sealed record InteractionWrite(InteractionKey Key, ProfileId Profile, IReadOnlyList<InteractionRecord> Records);
