namespace Tracker.Core.Model;

/// <summary>GDPR Art. 6(1); pre-contract is the second half of (b).</summary>
public enum LegalBasis : byte
{
    None = 0,
    Consent = 1,
    Contract = 2,
    PreContract = 3,
    LegalObligation = 4,
    VitalInterest = 5,
    PublicTask = 6,
    LegitimateInterest = 7,
}
