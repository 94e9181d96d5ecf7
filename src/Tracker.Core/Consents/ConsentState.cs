namespace Tracker.Core.Consents;

/// <summary>Only Given permits (the split of DPV's ConsentStatusValidForProcessing). Numbers are stored.</summary>
public enum ConsentState : byte
{
    Unspecified = 0,
    Given = 1,
    Refused = 2,
    Withdrawn = 3,
    Expired = 4,
}
