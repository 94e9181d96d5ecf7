namespace Tracker.Core.Consents;

/// <param name="Entry">As stored; on a repeat the first one. Null if the append is stale and must be prepared again.</param>
/// <param name="ConsentEpoch">The profile's counter after it.</param>
/// <param name="IsRepeat">The request was answered before and nothing was written.</param>
public sealed record ConsentAppended(ConsentEntry? Entry, long ConsentEpoch, bool IsRepeat)
{
    /// <summary>Confirm the entry, each for its medium, that of the e-mail first; told once, to who asked first, and kept nowhere.</summary>
    public IReadOnlyList<ConfirmationToken> ConfirmationTokens { get; init; } = [];

    /// <summary>The entry for media that need no confirmation, where others of the same act wait for theirs; null: there are none.</summary>
    public ConsentEntry? AtOnce { get; init; }

    /// <summary>The first token. Empty: there is none.</summary>
    public string ConfirmationToken => ConfirmationTokens is [var first, ..] ? first.Text : "";
}
