namespace Tracker.Core.Consents;

/// <summary>What the person did. Only an active act is a consent (CJEU C-673/17). Numbers are stored; never reuse one.</summary>
public enum ConsentAct : byte
{
    Unspecified = 0,
    Checked = 1,
    Clicked = 2,
    Signed = 3,
    Spoken = 4,

    /// <summary>Closed the banner: a refusal (Garante 231/2021).</summary>
    Closed = 5,
    Scrolled = 6,
    Silent = 7,
    ContinuedUse = 8,
}
