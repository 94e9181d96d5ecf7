using Tracker.Core.Model;

namespace Tracker.Core.Profiles;

/// <summary>Why an interaction is held: its records, and the legal reference of the rule of each of their grants.</summary>
public sealed record RecordExplanation(IReadOnlyList<InteractionRecord> Records, IReadOnlyDictionary<string, string> LegalReferences);
