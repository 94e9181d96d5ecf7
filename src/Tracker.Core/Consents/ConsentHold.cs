namespace Tracker.Core.Consents;

/// <summary>Names of the holds that the ledger sets itself.</summary>
public static class ConsentHold
{
    /// <summary>On every entry that a standing consent is proved or bounded by: no end of its own until the consent ends.</summary>
    public const string Active = "CONSENT_ACTIVE";
}
