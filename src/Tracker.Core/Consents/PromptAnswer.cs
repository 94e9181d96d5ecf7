namespace Tracker.Core.Consents;

/// <summary>Whether a person may be asked for a consent.</summary>
/// <param name="EarliestAt">From when asking is allowed, as things stand: now where it is. Null: time alone never allows it.</param>
public sealed record PromptAnswer(bool MayAsk, PromptReason Reason, DateTimeOffset? EarliestAt);
