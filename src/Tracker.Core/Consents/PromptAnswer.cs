namespace Tracker.Core.Consents;

/// <summary>Whether a person may be asked for a consent again.</summary>
/// <param name="EarliestAt">If not now: when, as things stand; null where a consent is in force.</param>
public sealed record PromptAnswer(bool MayAsk, DateTimeOffset? EarliestAt);
