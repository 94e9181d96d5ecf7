using Microsoft.Extensions.Options;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>What happens to interactions from arrival to stored.</summary>
public sealed class InteractionPipeline(
    WorkingSetReader reader,
    ProfileRecall recall,
    RecordStamper records,
    ContactStamper contacts,
    AgeStamper ages,
    IRecordStore store,
    PolicyRegister policies,
    IngestionMetrics metrics,
    IOptions<IngestionOptions> options,
    TimeProvider time)
{
    // A withdrawal between reading and committing makes a decision stale once; ten in a row are no race any more.
    private const int MaxAttempts = 10;

    /// <summary>How many parts may be processed at a time.</summary>
    public int CommitsAtATime => store.CommitsAtATime;

    /// <summary>Of how many interactions a part is worth its commit.</summary>
    public int MinPartSize => store.MinPartSize;

    /// <summary>3 Resolve and 4 Decide, the reading: identifiers, controls, consents and keys of all of them at once.</summary>
    public async Task<MicroBatchReading> ReadAsync(TenantId tenant, IReadOnlyList<PendingInteraction> pending, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        return await InTimeAsync(began, async token => new MicroBatchReading(tenant, pending, await reader.ReadAsync(tenant, pending, token), began), cancellation);
    }

    /// <summary>
    /// Gives every interaction its outcome. 1 (admit) and 2 (validate) are behind us; 7 (acknowledge) and 8 (publish)
    /// are the caller's, from the outcomes set here.
    /// </summary>
    public async Task ProcessAsync(MicroBatchReading reading, CancellationToken cancellation)
    {
        await InTimeAsync(reading.Timestamp, token => ProcessAllAsync(reading, token), cancellation);
        metrics.Committed(reading.Pending.Count, time.GetElapsedTime(reading.Timestamp));
    }

    /// <summary>From the beginning.</summary>
    public async Task ProcessAsync(TenantId tenant, IReadOnlyList<PendingInteraction> pending, CancellationToken cancellation)
    {
        // Processed again because of a fault beside it, what is stored already is not its own duplicate.
        pending = [.. pending.Where(item => item.Outcome is not { Outcome: Outcome.Accepted or Outcome.AcceptedStripped })];
        if (pending.Count > 0)
        {
            await ProcessAsync(await ReadAsync(tenant, pending, cancellation), cancellation);
        }
    }

    /// <summary>What is not committed in time is never committed: the second pass after a withdrawal counts on it.</summary>
    private async Task<T> InTimeAsync<T>(long began, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var left = options.Value.WriteDeadline - time.GetElapsedTime(began);
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw RefusalException.StoreUnavailable();
        }
    }

    /// <returns>How often it was decided.</returns>
    private async Task<int> ProcessAllAsync(MicroBatchReading reading, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stale = await DecideAndCommitAsync(reading, cancellation);
            if (stale.Count == 0)
            {
                return attempt;
            }

            List<PendingInteraction> again = [.. reading.Pending.Where(stale.Contains)];
            reading = reading with { Pending = again, Known = await reader.ReadAsync(reading.Tenant, again, cancellation) };
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <returns>Those that must be decided again: what was read of them is no longer so.</returns>
    private async Task<IReadOnlySet<PendingInteraction>> DecideAndCommitAsync(MicroBatchReading reading, CancellationToken cancellation)
    {
        var plan = new MicroBatchPlan(reading.Tenant, BatchId.New(time.GetUtcNow()));
        foreach (var item in reading.Pending)
        {
            Decide(item, reading.Known, plan);
        }

        // 6 Commit: identity changes of the permitted, and all records, durable on return.
        cancellation.ThrowIfCancellationRequested();
        if (plan.IsEmpty)
        {
            return new HashSet<PendingInteraction>();
        }

        var answers = await store.CommitAsync(plan.ToMicroBatch(), cancellation);
        recall.Remember(reading.Tenant, plan.Stored(answers), reading.Known);
        return plan.Settle(answers);
    }

    private void Decide(PendingInteraction item, WorkingSet known, MicroBatchPlan plan)
    {
        var interaction = item.Interaction;
        if (interaction.Replaces is null && known.IsStored(interaction.Key))
        {
            item.Outcome = Outcomes.Duplicate(interaction);
            return;
        }

        if (plan.IsRepeat(item))
        {
            return;
        }

        // 3 Resolve: new identifiers and profiles are only planned here.
        var now = time.GetUtcNow();
        var policy = policies.For(interaction.Tenant);
        var resolution = IdentityResolver.Resolve(interaction.Identifiers, policy.Identity, known.Find, known.IdentifiersOf);
        if (interaction.Replaces is not null && resolution.IsOfNobody)
        {
            // Whoever it was of when the sale was found has become somebody else meanwhile: the claim begins again, and is refused.
            item.Outcome = Outcomes.Duplicate(interaction);
            return;
        }

        var profile = Person(interaction, resolution, known, policy, now);
        var established = interaction.Establishes;

        // 4 Decide: on top of what earlier interactions of the same person have planned.
        var about = new InteractionCase
        {
            Interaction = interaction,
            Policy = policy,
            Profile = profile,
            Facts = Stages.Merge(profile?.Facts ?? Facts.None, Stages.BeforeTheEnd(established), policy),
            Contract = profile is null ? null : known.ContractOf(interaction, profile),
            ContractEndedAt = profile is null ? null : known.EndOf(interaction, profile, policy),
            SpecialProducts = known.SpecialProducts,
            Now = now,
        };
        var decision = InteractionDecider.Decide(about);
        if (!decision.IsPermitted || interaction.Replaces?.MayBecome(decision, about.Contract) == false)
        {
            item.Outcome = Outcomes.Denied(interaction, decision);
            return;
        }

        // 5 Minimise and stamp; from here on the plan is visible to the next interaction.
        if (profile is not null)
        {
            Plan(about, established, decision, resolution, profile, known);
        }

        plan.Add(item, records.Stamp(interaction, resolution, decision, profile, plan.Id), profile, Outcomes.Permitted(interaction, decision, resolution));
    }

    /// <summary>What becomes of the person by it.</summary>
    private void Plan(InteractionCase about, Facts established, InteractionDecision decision, Resolution resolution, ProfileDraft profile, WorkingSet known)
    {
        var interaction = about.Interaction;
        known.Link(profile, resolution, interaction.Identifiers);
        profile.Add(Stages.Merge(profile.Facts, established, about.Policy), interaction.ActDay);
        known.Own(interaction, profile, decision.Records.Max(record => record.ExpireAt));
        ages.Stamp(about, decision, profile);
        known.Tell(profile);
        contacts.Stamp(interaction, decision, profile, about.Policy, known);
        profile.ReviewAt(ReviewTimes.Of(interaction, decision, profile, profile.Facts, about.Now));
    }

    /// <returns>Null: an interaction without a person.</returns>
    private static ProfileDraft? Person(Interaction interaction, Resolution resolution, WorkingSet known, Policy policy, DateTimeOffset now)
    {
        if (resolution.Profile is { } profile)
        {
            return known.Get(profile);
        }

        return resolution.IsOfNobody ? null : ProfileDraft.Unknown(interaction.Tenant, policy, now);
    }
}
