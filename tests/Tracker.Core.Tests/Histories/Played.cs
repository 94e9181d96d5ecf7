using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <summary>What a history left: for each view, by its place in the history, what it was kept for, what is readable at the end, and what is still stored then.</summary>
internal sealed record Played(
    IReadOnlySet<(int View, Purpose Purpose)> Kept,
    IReadOnlySet<(int View, Purpose Purpose)> Readable,
    IReadOnlySet<(int View, Purpose Purpose)> Stored);
