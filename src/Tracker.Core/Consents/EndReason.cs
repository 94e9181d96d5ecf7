namespace Tracker.Core.Consents;

/// <summary>Why a consent ended without the person's saying so. Numbers are stored; never reuse one.</summary>
public enum EndReason : byte
{
    Unspecified = 0,

    /// <summary>The person was silent for as long as the policy allows (C2).</summary>
    Inactivity = 1,

    /// <summary>Its own term was over.</summary>
    Validity = 2,

    /// <summary>A child had given it alone (E14).</summary>
    Minor = 3,

    /// <summary>The proof was found to prove nothing, also that of a guardian for somebody old enough to decide alone .</summary>
    EvidenceVoid = 4,

    /// <summary>A court or a supervisory authority decided.</summary>
    Authority = 5,

    /// <summary>The controller stopped the purpose.</summary>
    PurposeStopped = 6,

    /// <summary>The number was entered into the register of objections (L. 5/2018, art. 1(5)).</summary>
    Register = 7,
}
