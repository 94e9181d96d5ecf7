namespace Tracker.Core.Consents;

/// <summary>How an e-mail address came in (art. 130(4) Codice Privacy).</summary>
/// <param name="IsAddressFromSubject">The person typed or said it; it was not looked up.</param>
/// <param name="IsSale">In a sale, not in a quote or a free account.</param>
/// <param name="WasInformed">The use for own similar products and the right to refuse were told then.</param>
public sealed record SoftOptInTerms(bool IsAddressFromSubject, bool IsSale, bool WasInformed);
