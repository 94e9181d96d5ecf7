using Tracker.Core.Consents;

namespace Tracker.Core.Ingestion;

/// <param name="IsRemembered">The cache knew it.</param>
public sealed record RecalledLedger(IReadOnlyList<ConsentEntry> Entries, bool IsRemembered)
{
    public static readonly RecalledLedger Empty = new([], IsRemembered: false);
}
