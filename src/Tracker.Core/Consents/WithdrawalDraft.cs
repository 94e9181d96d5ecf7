using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>A withdrawal as a caller sent it.</summary>
public sealed record WithdrawalDraft
{
    public string RequestId { get; init; } = "";

    public ProfileReference? Profile { get; init; }

    /// <summary>Withdraws what this consent is about, for all media of its act; instead of <see cref="Purpose"/>.</summary>
    public ConsentId? Consent { get; init; }

    public Purpose Purpose { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<ContactChannel> ContactChannels { get; init; } = [];

    /// <summary>Empty: all.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>Unspecified: the person.</summary>
    public DecisionActor Actor { get; init; }

    public string AuthorityReference { get; init; } = "";

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The sender's clock when it sent the request; shows by how much it is wrong.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
