namespace Tracker.Core.Model;

public enum DataCategory : byte
{
    Unspecified = 0,
    Contact = 1,
    CommercialProfiling = 2,
    Financial = 3,
    MarketingOnline = 4,
    IdentityFiscal = 5,
    Evidence = 6,

    /// <summary>Derived by the controller: scores and segments.</summary>
    Inferred = 7,
}
