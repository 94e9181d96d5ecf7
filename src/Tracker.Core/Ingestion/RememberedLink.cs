using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <param name="Until">Not to be remembered from then on.</param>
public readonly record struct RememberedLink(IdentifierHash Identifier, ProfileId Profile, DateTimeOffset Until);
