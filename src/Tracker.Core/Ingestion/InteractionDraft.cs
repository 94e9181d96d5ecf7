using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>An interaction as a caller sent it, not yet believed. Whatever door it came through, the same rules judge it.</summary>
public sealed record InteractionDraft
{
    public string MessageId { get; init; } = "";

    public string Type { get; init; } = "";

    public Channel Channel { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public Initiator Initiator { get; init; }

    public IReadOnlyList<Purpose> Purposes { get; init; } = [];

    public ContactChannel ContactChannel { get; init; }

    public string Recipient { get; init; } = "";

    public LegalBasis LegalBasis { get; init; }

    public MessageTerms? Message { get; init; }

    public InteractionContent Content { get; init; } = InteractionContent.Empty;

    /// <summary>Size on the wire, for the limit per item.</summary>
    public int SizeInBytes { get; init; }

    /// <summary>What the door could not even convert (an amount that overflows), with paths from the item: "content.commerce.total".</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
