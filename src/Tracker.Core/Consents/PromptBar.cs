namespace Tracker.Core.Consents;

/// <summary>A time in which a person is not asked, and why.</summary>
/// <param name="Until">MaxValue: time alone does not end it.</param>
internal sealed record PromptBar(PromptReason Reason, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Why the person may be asked once it is over.</summary>
    public PromptReason Afterwards { get; init; } = PromptReason.IntervalOver;
}
