using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <param name="Links">Where each known identifier leads, as its control document confirms.</param>
/// <param name="Remembered">Those that the cache knew.</param>
public sealed record RecalledLinks(IReadOnlyDictionary<IdentifierHash, Control> Links, IReadOnlySet<IdentifierHash> Remembered);
