using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Retention;

/// <summary>
/// Places and releases legal holds. The profile is told first, so that what arrives is held as it is written; then its
/// records are held in two passes, and what went in between is counted. Every step may be repeated after a crash.
/// </summary>
public sealed class LegalHolds(
    ILegalHoldStore holds,
    IReviewStore reviews,
    IIdentityStore identities,
    HoldingsReader reader,
    ProfileReviewer reviewer,
    PolicyRegister policies,
    TimeProvider time)
{
    public const int MaxProfiles = 1_000;

    private const int MaxAttempts = 10;
    private const int ChunkSize = 500;

    public async Task<HoldPlaced> PlaceAsync(Caller caller, LegalHoldDraft draft, CancellationToken cancellation)
    {
        LegalHoldRules.Check(draft, policies.For(caller.Tenant), time.GetUtcNow());
        var hold = ToHold(caller.Tenant, draft, time.GetUtcNow().ToStored());
        if (await holds.FindAsync(caller.Tenant, hold.Id, cancellation) is { } known)
        {
            hold = LegalHoldRules.IsSame(known, hold)
                ? known with { ReviewAt = hold.ReviewAt, ApprovedBy = hold.ApprovedBy }
                : throw RefusalException.InvalidRequest([LegalHoldRules.IdReused]);
        }

        await holds.SaveAsync(hold, cancellation);
        var (selected, held, disappeared) = (0, 0, 0);
        List<ProfileId> missing = [];
        foreach (var profile in hold.Profiles)
        {
            var before = await ReadAsync(hold, profile, cancellation);
            if (!await ChangeAsync(hold, profile, others => [.. others, new ProfileHold(hold.Id, hold.Classes)], cancellation))
            {
                missing.Add(profile);
            }

            await reviewer.ReviewAsync(caller.Tenant, profile, [], fence: null, cancellation);
            await reviewer.ReviewAsync(caller.Tenant, profile, [], fence: null, cancellation);
            var after = await ReadAsync(hold, profile, cancellation);
            (selected, held, disappeared) = (selected + before.Count, held + after.Count, disappeared + before.Except(after).Count());
        }

        return new(hold, selected, held, disappeared, missing);
    }

    /// <summary>What no other hold keeps is measured by its original rule again; what should have gone meanwhile goes now (E22, E23).</summary>
    public async Task<LegalHold> ReleaseAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var hold = await holds.FindAsync(caller.Tenant, id, cancellation) ?? throw RefusalException.InvalidRequest([LegalHoldRules.Unknown]);
        foreach (var profile in hold.Profiles)
        {
            await ChangeAsync(hold, profile, others => [.. others], cancellation);
            await reviewer.ReviewAsync(caller.Tenant, profile, [], fence: null, cancellation);
        }

        if (hold.ReleasedAt is not null)
        {
            return hold;
        }

        var now = time.GetUtcNow().ToStored();
        var released = hold with { ReleasedAt = now, ExpireAt = KeepFileUntil(caller.Tenant, now) };
        await holds.SaveAsync(released, cancellation);
        return released;
    }

    /// <returns>Holds after that id, released ones for as long as their file is kept.</returns>
    public Task<IReadOnlyList<LegalHold>> ListAsync(Caller caller, string? after, int limit, CancellationToken cancellation) =>
        holds.ListAsync(caller.Tenant, after, limit, cancellation);

    /// <returns>False: the profile is not there.</returns>
    private async Task<bool> ChangeAsync(
        LegalHold hold,
        ProfileId profile,
        Func<IEnumerable<ProfileHold>, IReadOnlyList<ProfileHold>> change,
        CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if ((await identities.ReadControlsAsync(hold.Tenant, [profile], cancellation))[0] is not { } control)
            {
                return false;
            }

            List<ProfileHold> next = [.. change([.. control.Holds.Where(other => other.Id != hold.Id)])];
            if (next.SequenceEqual(control.Holds))
            {
                return true;
            }

            var review = new Errand(hold.Tenant, profile, time.GetUtcNow().ToStored());
            if (await reviews.ChangeHoldsAsync(hold.Tenant, profile, control.DecisionEpoch, next, control.IsRestricted, [review], cancellation))
            {
                return true;
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <summary>The documents it means; the contact document has no address of its own.</summary>
    private async Task<HashSet<RecordAddress>> ReadAsync(LegalHold hold, ProfileId profile, CancellationToken cancellation)
    {
        HashSet<RecordAddress> found = [];
        await foreach (var chunk in reader.ReadRecordsAsync(hold.Tenant, profile, ChunkSize, cancellation))
        {
            found.UnionWith(chunk.Where(record => hold.Classes.Contains(record.Class)).Select(RecordAddress.Of));
        }

        if (hold.Classes.Contains(RetentionClass.Contact) && await reviews.FindContactAsync(hold.Tenant, profile, cancellation) is not null)
        {
            found.Add(new(default, default, RetentionClass.Contact));
        }

        return found;
    }

    private DateTimeOffset KeepFileUntil(TenantId tenant, DateTimeOffset released)
    {
        var policy = policies.For(tenant);
        var rule = policy.FindRule(Purpose.RightsHandling, DataCategory.Evidence, LegalBasis.LegalObligation)!;
        return RetentionArithmetic.Due(rule, RetentionAnchors.ForEvidence(released, policy.Zone) with { CaseClosed = released }, policy.Zone);
    }

    private static LegalHold ToHold(TenantId tenant, LegalHoldDraft draft, DateTimeOffset now) => new()
    {
        Tenant = tenant,
        Id = $"{new HoldName(draft.Kind, draft.Id)}",
        Kind = draft.Kind,
        Profiles = [.. draft.Profiles.Distinct()],
        Classes = draft.Classes,
        ApprovedBy = draft.ApprovedBy,
        ReviewAt = draft.ReviewAt!.Value.ToStored(),
        PlacedAt = now,
        ExpireAt = null,
    };
}
