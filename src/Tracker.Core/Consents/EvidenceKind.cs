namespace Tracker.Core.Consents;

/// <summary>How a decision was expressed. Numbers are those of the contract and of the stores; never reuse one.</summary>
public enum EvidenceKind : byte
{
    Unspecified = 0,
    Form = 1,
    Checkbox = 2,
    Voice = 3,
    PaperScan = 4,
    CmpSignal = 5,

    /// <summary>A link in a message that only the holder of the address could follow.</summary>
    DoubleOptIn = 6,

    /// <summary>A list of a partner; it permits nothing until the person has confirmed to us (Garante 330/2025).</summary>
    PartnerFeed = 7,
}
