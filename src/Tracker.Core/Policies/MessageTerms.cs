namespace Tracker.Core.Policies;

/// <summary>What the sender of a commercial message states of it (art. 130(4) Codice Privacy).</summary>
/// <param name="IsOwnProduct">It offers products of the controller itself.</param>
/// <param name="IsSimilarProduct">They are similar to what was sold.</param>
/// <param name="OffersOptOut">Each message offers to refuse, easily and free of charge.</param>
public sealed record MessageTerms(bool IsOwnProduct, bool IsSimilarProduct, bool OffersOptOut);
