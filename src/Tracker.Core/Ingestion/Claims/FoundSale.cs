using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion.Claims;

/// <summary>The one sale that a claim is of.</summary>
/// <param name="Content">All that its records have, together.</param>
public sealed record FoundSale(AnonymousSale Sale, IReadOnlyList<InteractionRecord> Records, SealedContent Content, InteractionType Type);
