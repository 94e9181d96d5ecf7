using Tracker.Core.Model;

namespace Tracker.Storage.Tests.Contracts.Commits;

/// <param name="Profile">0 is nobody.</param>
/// <param name="Written">The classes that are offered; fewer than <paramref name="Full"/> is a half-written interaction.</param>
/// <param name="Minutes">How long it is kept.</param>
public sealed record PlannedInteraction(int Number, int Profile, RetentionClasses Written, RetentionClasses Full, int Minutes);
