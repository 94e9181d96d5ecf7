using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>The door of the pipeline: every call, batch and stream comes through here.</summary>
public sealed class InteractionRecorder(InteractionRules rules, SourceQuotas quotas, IngestionQueue queue, IngestionMetrics metrics, TimeProvider time)
{
    /// <returns>One outcome per draft, in order, when all that is stored is durable.</returns>
    /// <exception cref="RefusalException">The call is refused as a whole; nothing of it is stored, or all of it can be repeated.</exception>
    public async Task<IReadOnlyList<InteractionOutcome>> RecordAsync(Caller caller, IReadOnlyList<InteractionDraft> drafts, CancellationToken cancellation)
    {
        quotas.Take(caller, drafts.Count);
        var judged = await InAsync(caller, drafts, EnterAtOnceAsync, cancellation);
        return await AnswerAsync(judged);
    }

    /// <summary>As <see cref="RecordAsync"/>, for a sender who can be made to wait: completes when there is room, with the task of the answer.</summary>
    public async Task<Task<IReadOnlyList<InteractionOutcome>>> AdmitAsync(Caller caller, IReadOnlyList<InteractionDraft> drafts, CancellationToken cancellation)
    {
        await quotas.TakeInTimeAsync(caller, drafts.Count, queue.Closed, cancellation);
        var judged = await InAsync(caller, drafts, call => queue.EnterWhenFreeAsync(call, cancellation), cancellation);
        return AnswerAsync(judged);
    }

    private Task EnterAtOnceAsync(PendingCall call)
    {
        queue.Enter(call);
        return Task.CompletedTask;
    }

    /// <summary>Judged, and what is sound of it is in the queue; where it cannot be, nothing of the quota is used up.</summary>
    private async Task<Judged> InAsync(Caller caller, IReadOnlyList<InteractionDraft> drafts, Func<PendingCall, Task> enter, CancellationToken cancellation)
    {
        try
        {
            var judged = Judge(caller, drafts, cancellation);
            await (judged.Call is { } call ? enter(call) : Task.CompletedTask);
            return judged;
        }
        catch (Exception refused) when (refused is RefusalException or OperationCanceledException)
        {
            quotas.GiveBack(caller, drafts.Count);
            throw;
        }
    }

    private Judged Judge(Caller caller, IReadOnlyList<InteractionDraft> drafts, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var receivedAt = time.GetUtcNow();
        var outcomes = new InteractionOutcome[drafts.Count];
        var pending = new PendingInteraction?[drafts.Count];
        for (var i = 0; i < drafts.Count; i++)
        {
            var (sound, violations) = rules.Judge(caller, drafts[i], receivedAt);
            pending[i] = sound is null ? null : new PendingInteraction(sound);
            outcomes[i] = sound is null ? Invalid(drafts[i], violations) : null!;
        }

        PendingInteraction[] toServe = [.. pending.OfType<PendingInteraction>()];
        return new(caller, drafts, pending, outcomes, toServe.Length == 0 ? null : new PendingCall(toServe, drafts.Sum(draft => (long)draft.SizeInBytes)));
    }

    private async Task<IReadOnlyList<InteractionOutcome>> AnswerAsync(Judged judged)
    {
        if (judged.Call is { } call)
        {
            await call.Answered;
        }

        var outcomes = judged.Outcomes;
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = judged.Pending[i]?.Outcome ?? outcomes[i];
        }

        metrics.Count(judged.Caller, judged.Drafts, outcomes);
        return outcomes;
    }

    private static InteractionOutcome Invalid(InteractionDraft draft, IReadOnlyList<Violation> violations) => new()
    {
        MessageId = Text.Check(draft.MessageId, InteractionRules.MaxMessageIdLength) is null ? draft.MessageId : "",
        Outcome = Outcome.Invalid,
        Reason = Reason.InvalidInteraction,
        Violations = violations,
    };

    /// <param name="Pending">In the order of the drafts; null: it is invalid.</param>
    /// <param name="Outcomes">Of those that are invalid.</param>
    /// <param name="Call">Those that are sound; null: none is.</param>
    private sealed record Judged(
        Caller Caller,
        IReadOnlyList<InteractionDraft> Drafts,
        PendingInteraction?[] Pending,
        InteractionOutcome[] Outcomes,
        PendingCall? Call);
}
