namespace Tracker.Storage.Tests.Contracts.Commits;

/// <summary>One thing that happens to a store; what is prepared on out-dated knowledge says so.</summary>
public abstract record CommitStep
{
    /// <param name="OutOfDate">Profiles whose change names an epoch that is not the stored one.</param>
    public sealed record Commit(IReadOnlyList<PlannedInteraction> Interactions, IReadOnlySet<int> OutOfDate, IReadOnlyDictionary<int, int> Identifiers, bool RepeatsBatch) : CommitStep;

    public sealed record Consent(int Profile, int Request, int Days) : CommitStep;

    /// <param name="Deleted">Interactions whose fiscal record goes.</param>
    /// <param name="Rewritten">Interactions whose record of the order gets a new end.</param>
    public sealed record Review(int Profile, IReadOnlyList<int> Deleted, IReadOnlyList<int> Rewritten, int Minutes, bool IsOutOfDate) : CommitStep;

    public sealed record Hold(int Profile, bool IsHeld) : CommitStep;

    public sealed record Wait(int Hours) : CommitStep;

    public sealed record Sweep(int Limit) : CommitStep;
}
