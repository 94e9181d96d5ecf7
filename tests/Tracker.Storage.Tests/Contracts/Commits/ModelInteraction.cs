using Tracker.Core.Model;

namespace Tracker.Storage.Tests.Contracts.Commits;

internal sealed record ModelInteraction(ProfileId Profile, BatchId Batch, RetentionClasses Full, Dictionary<RetentionClass, DateTimeOffset> Ends)
{
    public bool IsLive(DateTimeOffset now) => Ends.Values.Any(end => end > now);
}
