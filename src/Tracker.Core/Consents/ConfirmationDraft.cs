using Tracker.Core.Model;

namespace Tracker.Core.Consents;

/// <summary>A click on the link of a double opt-in as a caller sent it.</summary>
public sealed record ConfirmationDraft
{
    public string Token { get; init; } = "";

    public string IpAddress { get; init; } = "";

    public string UserAgent { get; init; } = "";

    /// <summary>When the message with the link was sent; null: when the token was made.</summary>
    public DateTimeOffset? MailSentAt { get; init; }

    /// <summary>What the door could not even convert.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];
}
