using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>The gate's answer for one purpose: a basis with its proof, or the reason why not.</summary>
/// <param name="ConsentUntil">When the consent that carries it ends; null for other bases.</param>
public sealed record Verdict(
    Purpose Purpose,
    LegalBasis Basis,
    EPrivacyGround Ground,
    IReadOnlyList<string> EvidenceIds,
    DateTimeOffset? ConsentUntil,
    Reason Reason)
{
    public bool IsPermitted => Reason == Reason.None;

    public static Verdict Denied(Purpose purpose, Reason reason) =>
        new(purpose, LegalBasis.None, EPrivacyGround.Unspecified, [], null, reason);
}
