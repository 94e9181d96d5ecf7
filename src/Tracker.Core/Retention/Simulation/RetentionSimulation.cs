using System.Runtime.CompilerServices;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Retention.Simulation;

/// <summary>
/// What would a change of the rules delete, and when? Every document is reviewed twice, under the policy in force and under
/// the changed one, and the difference is counted; nothing is written, and no person is named.
/// </summary>
public sealed class RetentionSimulation(IIdentityStore identities, HoldingsReader reader, DataKeys dataKeys, PolicyRegister policies, TimeProvider time)
{
    public const int DefaultProfiles = 100_000;
    public const int MaxProfiles = 1_000_000;
    public const int MaxChanges = 100;
    public const int MaxEnds = 10;

    private const int MaxRuleIdLength = 64;
    private const int MaxAnchorLength = 32;
    private const int MaxPeriodLength = 16;

    private const int ChunkSize = 200;

    public async IAsyncEnumerable<SimulationProgress> SimulateAsync(Caller caller, SimulationDraft draft, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Check(draft);
        var policy = policies.For(caller.Tenant);
        var changed = ChangedPolicy.Of(policy, draft.Purpose, draft.Changes);
        var tally = new EffectTally(policy.Zone);
        var most = draft.MaxProfiles == 0 ? DefaultProfiles : draft.MaxProfiles;
        var (seen, isDone, after) = (0, false, (ProfileId?)null);
        while (!isDone)
        {
            var profiles = await identities.ListProfilesAsync(caller.Tenant, after, Math.Min(ChunkSize, most - seen), cancellation);
            foreach (var profile in profiles)
            {
                await CompareAsync(caller.Tenant, profile, policy, changed, tally, cancellation);
            }

            seen += profiles.Count;
            var isComplete = profiles.Count == 0 || profiles.Count < Math.Min(ChunkSize, most - (seen - profiles.Count));
            if (isComplete)
            {
                await CompareAsync(ProfileHoldings.OfNobody(caller.Tenant), policy, changed, tally, cancellation);
            }

            isDone = isComplete || seen >= most;
            after = profiles.Count == 0 ? after : profiles[^1];
            yield return new(seen, isDone, isComplete, tally.Effects);
        }
    }

    private async Task CompareAsync(TenantId tenant, ProfileId profile, Policy policy, Policy changed, EffectTally tally, CancellationToken cancellation)
    {
        if (await reader.ReadAsync(tenant, profile, cancellation) is { } held)
        {
            await CompareAsync(held, policy, changed, tally, cancellation);
        }
    }

    private async Task CompareAsync(ProfileHoldings held, Policy policy, Policy changed, EffectTally tally, CancellationToken cancellation)
    {
        var vault = new ProfileVault(dataKeys, held.Keys);
        var contracts = new ContractEnds(policy);
        var now = time.GetUtcNow();
        var current = new ProfileReview(held, vault, policy, contracts, now);
        var other = new ProfileReview(held, vault, changed, contracts, now);
        if (!held.Control.Profile.IsNone)
        {
            await reader.NoteAsync(contracts, held, ChunkSize, cancellation);
        }

        var (isAnyLeft, isAnyLeftThen) = (false, false);
        void Compare(RetentionClass member, IReadOnlyList<Grant>? kept, IReadOnlyList<Grant>? keptThen)
        {
            tally.Add(member, kept ?? [], keptThen);
            (isAnyLeft, isAnyLeftThen) = (isAnyLeft || kept is not null, isAnyLeftThen || keptThen is not null);
        }

        await foreach (var chunk in reader.ReadRecordsAsync(held.Control.Tenant, held.Control.Profile, ChunkSize, cancellation))
        {
            foreach (var record in chunk)
            {
                Compare(record.Class, current.Review(record).Document?.Grants, other.Review(record).Document?.Grants);
            }
        }

        if (held.Contact is { } contact)
        {
            Compare(RetentionClass.Contact, current.Review(contact).Document?.Grants, other.Review(contact).Document?.Grants);
        }

        var then = other.KeepLedger(isAnyLeftThen).ToDictionary(kept => kept.Entry);
        foreach (var (entry, grant) in current.KeepLedger(isAnyLeft))
        {
            tally.Add(RetentionClass.Evidence, [grant], then.TryGetValue(entry, out var kept) ? [kept.Grant with { RuleId = grant.RuleId }] : null);
        }
    }

    private static void Check(SimulationDraft draft)
    {
        var violations = new Violations();
        violations.Require(draft.Purpose != Purpose.Unspecified, "purpose", "is required: every read of personal data names what it is for (GDPR Art. 5(1)(b))");
        violations.Require(draft.Changes.Count is > 0 and <= MaxChanges, "changes", $"must name 1 to {MaxChanges} rules");
        for (var i = 0; i < draft.Changes.Count && i < MaxChanges; i++)
        {
            Check(draft.Changes[i], $"changes[{i}]", violations);
        }

        violations.Require(draft.MaxProfiles is >= 0 and <= MaxProfiles, "max_profiles", $"must be 0 to {MaxProfiles}");
        violations.Refuse();
    }

    /// <summary>Words of a caller come back in what a policy is refused for, so they are short.</summary>
    private static void Check(RuleChange change, string path, Violations violations)
    {
        violations.AddIf($"{path}.rule_id", Text.CheckName(change.RuleId, MaxRuleIdLength));
        violations.Require(change.Ends.Count > 0 || change.OuterCap.Length > 0, path, "changes nothing: it must have terminators or an outer_cap");
        violations.AddIf($"{path}.outer_cap", Text.Check(change.OuterCap, MaxPeriodLength));
        violations.Require(change.Ends.Count <= MaxEnds, $"{path}.terminators", $"must have at most {MaxEnds} entries");
        for (var i = 0; i < change.Ends.Count && i < MaxEnds; i++)
        {
            violations.AddIf($"{path}.terminators[{i}].anchor", Text.CheckName(change.Ends[i].Anchor, MaxAnchorLength));
            violations.AddIf($"{path}.terminators[{i}].period", Text.Check(change.Ends[i].Period, MaxPeriodLength, isRequired: true));
        }
    }
}
