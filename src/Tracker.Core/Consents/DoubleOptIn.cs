using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>Which consents count only once the holder of the address has confirmed them.</summary>
internal static class DoubleOptIn
{
    /// <summary>Media whose address anybody can type in: what the Garante asked to be confirmed (330/2025, doc. web 10143278; C8).</summary>
    private static readonly ContactChannel[] Media = [ContactChannel.Email, ContactChannel.Sms];

    public static bool IsNeeded(ConsentEntry gift) => gift.Evidence?.Kind switch
    {
        EvidenceKind.PartnerFeed => true,
        EvidenceKind.Form or EvidenceKind.Checkbox or EvidenceKind.CmpSignal =>
            gift is { Purpose: Purpose.DirectMarketing, IsOffline: false } && gift.ContactChannels.Any(Media.Contains),
        _ => false,
    };
}
