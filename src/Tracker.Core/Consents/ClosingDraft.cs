using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>The end of a consent without the person, as a caller sent it.</summary>
public sealed record ClosingDraft
{
    public string RequestId { get; init; } = "";

    public ProfileReference? Profile { get; init; }

    public ConsentId? Consent { get; init; }

    /// <summary>INVALIDATED or REVOKED_BY_CONTROLLER.</summary>
    public ConsentState State { get; init; }

    public EndReason Reason { get; init; }

    /// <summary>Ticket, judgment or decision; never a personal name.</summary>
    public string AuthorityReference { get; init; } = "";

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
