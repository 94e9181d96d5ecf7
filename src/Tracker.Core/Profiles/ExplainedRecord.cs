using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Profiles;

/// <summary>One record with what explains it.</summary>
/// <param name="Policy">The words of the policy that decided, or of the one in force where that is not known any more.</param>
public sealed record ExplainedRecord(InteractionRecord Record, PolicyTexts Policy, IReadOnlyList<ExplainedGrant> Grants);
