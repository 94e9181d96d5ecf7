namespace Tracker.Core.Model;

/// <summary>Art. 122 and 130 Codice Privacy.</summary>
public enum EPrivacyGround : byte
{
    Unspecified = 0,
    NotApplicable = 1,
    Consent122 = 2,
    Technical122 = 3,
    Consent130 = 4,
    SoftOptIn1304 = 5,
    RpoChecked1303Bis = 6,
}
