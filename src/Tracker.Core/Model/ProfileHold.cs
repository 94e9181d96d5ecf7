namespace Tracker.Core.Model;

/// <summary>A legal hold as a profile knows it: what arrives later is held as well.</summary>
/// <param name="Id">As records carry it in their holds.</param>
/// <param name="Classes">The classes it keeps.</param>
public sealed record ProfileHold(string Id, RetentionClasses Classes)
{
    /// <returns>The names of the holds that keep a class, in the order in which records carry them.</returns>
    public static IReadOnlyList<string> On(RetentionClass member, IReadOnlyList<ProfileHold> holds) =>
        holds.Count == 0 ? [] : [.. holds.Where(hold => hold.Classes.Contains(member)).Select(hold => hold.Id).Order(StringComparer.Ordinal)];
}
