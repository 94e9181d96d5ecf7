namespace Tracker.Core.Ingestion;

/// <summary>Interactions that have to do with something under way: they are read anew, before all others, once that is over.</summary>
/// <param name="Earlier">What they wait for. It never fails.</param>
internal sealed record LateInteractions(IReadOnlyList<PendingInteraction> Pending, IReadOnlyList<Task> Earlier)
{
    public static readonly LateInteractions None = new([], []);

    public LateInteractions And(LateInteractions other) => new([.. Pending, .. other.Pending], [.. Earlier, .. other.Earlier]);

    public bool MayBegin => Earlier.All(earlier => earlier.IsCompleted);
}
