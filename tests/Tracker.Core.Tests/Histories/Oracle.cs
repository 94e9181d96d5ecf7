using Tracker.Core.Model;

namespace Tracker.Core.Tests.Histories;

/// <summary>The law in one sentence each, on the bare acts, without a line of the product.</summary>
internal static class Oracle
{
    /// <summary>
    /// A consent that was given at or before the view, and that nothing known at that hour has ended since it was given.
    /// </summary>
    public static bool MayKeep(IReadOnlyList<Act> acts, Act view, Purpose purpose, int knownAt) => acts.Any(give =>
        give.Kind == ActKind.Give && give.Purpose == purpose && give.Arrival <= knownAt && give.At <= view.At
        && !acts.Any(end => end.Kind == ActKind.Withdraw && end.Purpose == purpose && end.Arrival <= knownAt && end.At >= give.At));
}
