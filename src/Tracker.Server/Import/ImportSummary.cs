using Tracker.Server.Import.Shifts;

namespace Tracker.Server.Import;

/// <summary>How an import ended.</summary>
/// <param name="Problem">Why it ended before the end of the files or of delivery; null if it did not.</param>
/// <param name="Warnings">What the user should know although all went well.</param>
internal sealed record ImportSummary(
    ImportCounts Counts,
    Shift Shift,
    TimeSpan Duration,
    bool IsCancelled,
    string? Problem,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The exit code of an import that was refused before anything was sent; null: it was not.</summary>
    public int? RefusedWith { get; init; }

    public bool FailsOnInvalid { get; init; }

    public int ExitCode => (IsCancelled, Counts.Failed, Problem) switch
    {
        (true, _, _) => ExitCodes.Cancelled,
        (_, 0, null) => FailsOnInvalid && Counts.Invalid > 0 ? ExitCodes.Invalid : ExitCodes.Delivered,
        _ => RefusedWith ?? ExitCodes.Failed,
    };
}
