using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Ingestion;

/// <summary>Numbers without a person: no identifier, no profile, no gate, but an end like everything else.</summary>
public sealed class CountRecorder(ICountStore store, KeyedHasher hasher, PolicyRegister policies, TimeProvider time)
{
    private const long MaxValue = 1_000_000_000;

    public async Task<IReadOnlyList<CountOutcome>> RecordAsync(Caller caller, IReadOnlyList<CountDraft> drafts, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var policy = policies.For(caller.Tenant);
        var violations = drafts.Select(draft => Check(caller, policy, draft, now)).ToList();
        List<int> sound = [.. Enumerable.Range(0, drafts.Count).Where(i => violations[i].IsEmpty)];
        var answers = await store.AppendAsync([.. sound.Select(i => ToRecord(caller, policy, drafts[i]))], cancellation);
        var byIndex = sound.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. drafts.Select((draft, i) => new CountOutcome(
            Text.Check(draft.MessageId, InteractionRules.MaxMessageIdLength) is null ? draft.MessageId : "",
            !byIndex.TryGetValue(i, out var answer) ? Outcome.Invalid : answer == CommitAnswer.Stored ? Outcome.Accepted : Outcome.Duplicate,
            violations[i].Found))];
    }

    private static Violations Check(Caller caller, Policy policy, CountDraft draft, DateTimeOffset now)
    {
        var violations = new Violations();
        violations.AddRange(draft.Violations);
        violations.AddIf("message_id", Text.Check(draft.MessageId, InteractionRules.MaxMessageIdLength, isRequired: true));
        violations.AddIf("metric", CheckMetric(draft.Metric));
        violations.AddIf("store_id", Text.Check(draft.StoreId ?? "", 64));
        violations.Require(draft.Channel != Channel.Unspecified || caller.Channel != Channel.Unspecified, "channel", "is required, because the source has none");
        violations.Require(draft.Value is >= 0 and <= MaxValue, "value", $"must be from 0 to {MaxValue}");
        violations.Require(draft.StartedAt is not null, "started_at", "is required");
        violations.Require(draft.EndedAt is not null, "ended_at", "is required");
        violations.Require(draft.StartedAt is null || draft.StartedAt <= now + SenderClock.Tolerance, "started_at", "must not be more than five minutes in the future");
        violations.Require(draft.StartedAt is null || draft.StartedAt >= DateTimeOffset.UnixEpoch, "started_at", "must not be before 1970");
        violations.Require(
            draft.StartedAt is null || draft.EndedAt is null || (draft.EndedAt > draft.StartedAt && draft.EndedAt - draft.StartedAt <= TimeSpan.FromHours(24)),
            "ended_at",
            "must be after started_at, at most 24 hours later");
        violations.Require(
            draft.EndedAt is not { } end || end >= now || policy.Add(end, policy.OuterCap) > now,
            "ended_at",
            "must be less than eleven years ago: an older count is not kept any more");
        return violations;
    }

    private static string? CheckMetric(string metric) =>
        Text.Check(metric, 64, isRequired: true)
        ?? (metric.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.') ? null : "may have lower-case letters, digits, \"_\" and \".\" only");

    private CountRecord ToRecord(Caller caller, Policy policy, CountDraft draft) => new()
    {
        Tenant = caller.Tenant,
        Key = new(InteractionKey.DayOf(draft.StartedAt!.Value), hasher.Count(caller.Tenant, caller.Source, draft.MessageId)),
        Source = caller.Source,
        Metric = draft.Metric,
        StoreId = string.IsNullOrEmpty(draft.StoreId) ? null : draft.StoreId,
        Channel = draft.Channel == Channel.Unspecified ? caller.Channel : draft.Channel,
        StartedAt = draft.StartedAt.Value,
        EndedAt = draft.EndedAt!.Value,
        Value = draft.Value,
        ExpireAt = policy.Add(draft.EndedAt.Value, policy.OuterCap),
    };
}
