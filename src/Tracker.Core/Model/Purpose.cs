namespace Tracker.Core.Model;

/// <summary>Why data is processed (GDPR Art. 5(1)(b)). Numbers are those of the contract and of the stores; never reuse one.</summary>
public enum Purpose : byte
{
    Unspecified = 0,
    ServiceDelivery = 1,
    OrderFulfilment = 2,
    AccountingTax = 3,
    DirectMarketing = 4,
    Profiling = 5,
    Analytics = 6,
    Personalisation = 7,
    ThirdPartySharing = 8,
    Precontract = 9,
    LoyaltyProgramme = 10,
    CustomerCare = 11,
    CreditRisk = 12,
    ProductSafety = 13,
    LegalClaims = 14,
    EmailTracking = 15,
    FraudSecurity = 16,
    ConsentEvidence = 17,
    Suppression = 18,
    RightsHandling = 19,
}
