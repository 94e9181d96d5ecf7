namespace Tracker.Core.Consents;

/// <summary>Only Given and Renewed permit (the split of DPV's ConsentStatusValidForProcessing). Numbers are stored.</summary>
public enum ConsentState : byte
{
    Unspecified = 0,
    Given = 1,
    Refused = 2,
    Withdrawn = 3,
    Expired = 4,

    /// <summary>Asked for; nothing decided yet.</summary>
    Requested = 5,

    /// <summary>Given and not yet confirmed by its double opt-in; it permits nothing.</summary>
    PendingConfirmation = 6,

    /// <summary>Given anew by a new act; what it supersedes is closed.</summary>
    Renewed = 7,

    /// <summary>It never was a consent: nothing kept on it may stay.</summary>
    Invalidated = 8,

    /// <summary>The controller stopped the purpose.</summary>
    RevokedByController = 9,
    Objected = 10,
    ObjectionUpheld = 11,
    ObjectionRejected = 12,

    /// <summary>A soft opt-in was noted.</summary>
    Noted = 13,

    /// <summary>The register of objections was looked into.</summary>
    Checked = 14,
}
