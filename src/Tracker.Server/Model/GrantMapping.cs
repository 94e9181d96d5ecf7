using Tracker.Core.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model;

internal static class GrantMapping
{
    public static Wire.Grant ToWire(this Grant grant) => new()
    {
        Purpose = (Wire.Purpose)grant.Purpose,
        LegalBasis = (Wire.LegalBasis)grant.Basis,
        EPrivacyGround = (Wire.EPrivacyGround)grant.Ground,
        RuleId = grant.RuleId,
        EvidenceIds = { grant.EvidenceIds },
        KeepUntilAt = grant.Until.ToWire(),
        ContactChannel = (Wire.ContactChannel)grant.ContactChannel,
    };

    public static string ToWire(this Reason reason) => reason == Reason.None ? "" : EnumNames<Reason>.Of(reason);

    public static string ToWire(this ProfileId profile) => profile.IsNone ? "" : profile.ToString();
}
