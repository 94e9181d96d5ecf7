using Tracker.Core.Model;

namespace Tracker.Storage.RocksDb.Dump;

public sealed record DumpOptions
{
    /// <summary>Also what readers no longer see and the sweeper has not deleted yet.</summary>
    public bool IncludeExpired { get; init; }

    /// <summary>What to show instead of a payload, such as a hash of the opened content; null leaves it out.</summary>
    public Func<InteractionRecord, ProfileKeys?, string?>? RecordDigest { get; init; }

    /// <summary>The same for contact documents.</summary>
    public Func<ContactDocument, ProfileKeys?, string?>? ContactDigest { get; init; }
}
