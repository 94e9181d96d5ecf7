using Tracker.Core.Model;

namespace Tracker.Storage.Tests.Contracts.Commits;

internal sealed record ModelProfile(long Epoch, IReadOnlyList<IdentifierHash> Identifiers, DateTimeOffset ExpireAt, bool IsHeld = false);
