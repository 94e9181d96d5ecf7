namespace Tracker.Core.Consents.Receipts;

/// <summary>Our words in the Data Privacy Vocabulary (DPV 2.3).</summary>
internal static class Dpv
{
    public const string ReceiptSchema = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr";

    private const string Vocabulary = "https://w3id.org/dpv#";

    /// <summary>For a purpose that the policy no longer knows; of all others it states the name itself.</summary>
    public const string AnyPurpose = Vocabulary + "Purpose";

    public static string Of(ConsentState state) => Vocabulary + state switch
    {
        ConsentState.Given => "ConsentGiven",
        ConsentState.Renewed => "RenewedConsentGiven",
        ConsentState.Refused => "ConsentRefused",
        ConsentState.Withdrawn or ConsentState.Objected => "ConsentWithdrawn",
        ConsentState.Expired => "ConsentExpired",
        ConsentState.Requested or ConsentState.PendingConfirmation => "ConsentRequested",
        ConsentState.Invalidated => "ConsentInvalidated",
        ConsentState.RevokedByController => "ConsentRevoked",
        _ => "ConsentUnknown",
    };

    public static string Basis(bool isExplicit) => "https://w3id.org/dpv/legal/eu/gdpr#" + (isExplicit ? "A9-2-a" : "A6-1-a");
}
