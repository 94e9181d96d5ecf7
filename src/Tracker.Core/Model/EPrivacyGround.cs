using System.Text.Json.Serialization;

namespace Tracker.Core.Model;

/// <summary>Art. 122 and 130 Codice Privacy.</summary>
public enum EPrivacyGround : byte
{
    Unspecified = 0,
    NotApplicable = 1,

    [JsonStringEnumMemberName("CONSENT_122")]
    Consent122 = 2,

    [JsonStringEnumMemberName("TECHNICAL_122")]
    Technical122 = 3,

    [JsonStringEnumMemberName("CONSENT_130")]
    Consent130 = 4,

    [JsonStringEnumMemberName("SOFT_OPT_IN_130_4")]
    SoftOptIn1304 = 5,

    [JsonStringEnumMemberName("RPO_CHECKED_130_3BIS")]
    RpoChecked1303Bis = 6,
}
