using Tracker.Core.Consents;

namespace Tracker.Core.Ingestion;

/// <param name="Until">Not to be remembered from then on: the first end of an entry.</param>
public sealed record RememberedLedger(LedgerVersion Version, IReadOnlyList<ConsentEntry> Entries, DateTimeOffset Until);
