using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>A decision of a person as a caller sent it.</summary>
public sealed record ConsentDraft
{
    public string RequestId { get; init; } = "";

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public Purpose Purpose { get; init; }

    public IReadOnlyList<ContactChannel> ContactChannels { get; init; } = [];

    /// <summary>The one recipient it is about; empty: the controller itself.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>To whom it was given; empty: as the notice says.</summary>
    public string Controller { get; init; } = "";

    public ConsentState State { get; init; }

    public bool IsExplicit { get; init; }

    public bool IsOffline { get; init; }

    /// <summary>Unspecified: the person.</summary>
    public DecisionActor Actor { get; init; }

    public string AuthorityReference { get; init; } = "";

    /// <summary>Null: as known.</summary>
    public SubjectAge? Age { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The sender's clock when it sent the request; shows by how much it is wrong.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public string NoticeId { get; init; } = "";

    public string NoticeVersion { get; init; } = "";

    public DateTimeOffset? NoticeShownAt { get; init; }

    /// <summary>The words that asked for exactly this purpose; empty: those of the notice.</summary>
    public string PurposeText { get; init; } = "";

    public EvidenceDraft? Evidence { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>In the shop, as stated, or by a proof that is of there: Art. 8 speaks of online services only.</summary>
    internal bool IsOutsideOnlineServices() => IsOffline || Evidence?.IsOutsideOnlineServices() == true;
}
