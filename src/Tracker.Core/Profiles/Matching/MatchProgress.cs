using Tracker.Core.Identities.Matching;

namespace Tracker.Core.Profiles.Matching;

/// <summary>How far the search for matches has come.</summary>
/// <param name="Profiles">Looked at so far.</param>
/// <param name="Compared">Of them those that may be compared and state something.</param>
/// <param name="IsDone">The last of these; it has the suggestions.</param>
/// <param name="IsComplete">No profile was left out.</param>
/// <param name="Suggestions">The most likely first.</param>
public sealed record MatchProgress(int Profiles, int Compared, bool IsDone, bool IsComplete, IReadOnlyList<SuggestedMatch> Suggestions);
