using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Profiles;

/// <summary>Why the contact document of one profile is held.</summary>
/// <param name="Policy">The words of the policy that decided, or of the one in force where that is not known any more.</param>
public sealed record ExplainedContact(ContactDocument Document, PolicyTexts Policy, IReadOnlyList<ExplainedGrant> Grants, IReadOnlyList<ExplainedField> Fields);
