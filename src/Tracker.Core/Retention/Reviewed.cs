namespace Tracker.Core.Retention;

/// <summary>What a review makes of one document.</summary>
/// <param name="Document">As it is to be kept; null: it goes.</param>
/// <param name="Cause">None: it stays exactly as it is.</param>
/// <param name="StripAt">When a purpose of it ends that leaves something behind; null: it ends as a whole.</param>
public sealed record Reviewed<T>(T? Document, ReviewCause Cause, DateTimeOffset? StripAt)
    where T : class
{
    public bool IsChanged => Cause != ReviewCause.None;
}
