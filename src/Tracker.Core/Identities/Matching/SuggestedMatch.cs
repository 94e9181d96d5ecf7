using Tracker.Core.Model;

namespace Tracker.Core.Identities.Matching;

/// <summary>Two profiles that may be of one person, for somebody to decide; nothing is merged by it.</summary>
/// <param name="Score">Probability that they are, between 0 and 1.</param>
/// <param name="Evidence">What each field says; what one of them does not state is left out.</param>
public sealed record SuggestedMatch(ProfileId One, ProfileId Other, double Score, IReadOnlyList<MatchEvidence> Evidence);
