using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <param name="Links">Where each known identifier leads, as its control document confirms.</param>
/// <param name="Remembered">Those that the cache knew.</param>
/// <param name="UnderOldKeys">Those that lead there by an older version of the key only.</param>
public sealed record RecalledLinks(IReadOnlyDictionary<IdentifierHash, Control> Links, IReadOnlySet<IdentifierHash> Remembered, IReadOnlySet<IdentifierHash> UnderOldKeys);
