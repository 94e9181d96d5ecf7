using Tracker.Core.Model;

namespace Tracker.Storage.Tests.RocksDb.Commits;

internal sealed record ModelInteraction(ProfileId Profile, BatchId Batch, RetentionClasses Full, Dictionary<RetentionClass, DateTimeOffset> Ends)
{
    public bool IsLive(DateTimeOffset now) => Ends.Values.Any(end => end > now);
}
