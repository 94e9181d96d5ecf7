using Tracker.Core.Model;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>The door of the pipeline: every call, batch and stream comes through here.</summary>
public sealed class InteractionRecorder(InteractionRules rules, IngestionQueue queue, IngestionMetrics metrics, TimeProvider time)
{
    /// <returns>One outcome per draft, in order, when all that is stored is durable.</returns>
    /// <exception cref="RefusalException">The call is refused as a whole; nothing of it is stored, or all of it can be repeated.</exception>
    public async Task<IReadOnlyList<InteractionOutcome>> RecordAsync(Caller caller, IReadOnlyList<InteractionDraft> drafts, CancellationToken cancellation)
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

        if (pending.OfType<PendingInteraction>().ToList() is { Count: > 0 } toServe)
        {
            var call = new PendingCall(toServe, drafts.Sum(draft => (long)draft.SizeInBytes));
            queue.Enter(call);
            await call.Answered;
        }

        for (var i = 0; i < drafts.Count; i++)
        {
            outcomes[i] = pending[i]?.Outcome ?? outcomes[i];
        }

        metrics.Count(caller, drafts, outcomes);
        return outcomes;
    }

    private static InteractionOutcome Invalid(InteractionDraft draft, IReadOnlyList<Violation> violations) => new()
    {
        MessageId = Text.Check(draft.MessageId, InteractionRules.MaxMessageIdLength) is null ? draft.MessageId : "",
        Outcome = Outcome.Invalid,
        Reason = Reason.InvalidInteraction,
        Violations = violations,
    };
}
