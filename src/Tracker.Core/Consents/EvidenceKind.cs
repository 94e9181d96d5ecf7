namespace Tracker.Core.Consents;

public enum EvidenceKind : byte
{
    Unspecified = 0,
    Form = 1,
    Checkbox = 2,
    Voice = 3,
    PaperScan = 4,
    CmpSignal = 5,
}
