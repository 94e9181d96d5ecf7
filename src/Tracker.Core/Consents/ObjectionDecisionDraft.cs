using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>What the controller decided on an objection, as a caller sent it.</summary>
public sealed record ObjectionDecisionDraft
{
    public string RequestId { get; init; } = "";

    public ProfileReference? Profile { get; init; }

    public ConsentId? Objection { get; init; }

    /// <summary>OBJECTION_UPHELD or OBJECTION_REJECTED.</summary>
    public ConsentState Decision { get; init; }

    /// <summary>Where the compelling grounds are written down.</summary>
    public string GroundsReference { get; init; } = "";

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
