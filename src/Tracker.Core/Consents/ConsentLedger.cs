using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>The append-only ledger of what people decided (GDPR Art. 7).</summary>
public sealed class ConsentLedger(
    IConsentStore store,
    INoticeStore notices,
    IIdentityStore identities,
    ProfileLookup lookup,
    KeyedHasher hasher,
    PageTokens pages,
    PolicyRegister policies,
    TimeProvider time)
{
    // Two writers on one profile: the loser reads again. More than a few rounds mean something else is wrong.
    private const int MaxAttempts = 10;

    private static readonly Violation RequestIdReused = new("request_id", "was used for another decision; every decision needs its own");

    public async Task<ConsentAppended> RecordAsync(Caller caller, ConsentDraft draft, CancellationToken cancellation)
    {
        ConsentRules.Check(draft, time.GetUtcNow());
        var hashes = lookup.Hash(caller.Tenant, draft.Identifiers, "identifiers");
        var notice = await notices.FindAsync(caller.Tenant, draft.NoticeId, draft.NoticeVersion, cancellation)
            ?? throw RefusalException.NoticeUnknown(draft.NoticeId, draft.NoticeVersion);
        if (notice.EffectiveAt > draft.NoticeShownAt)
        {
            throw RefusalException.NoticeNotPrior();
        }

        if (!notice.Purposes.Contains(draft.Purpose))
        {
            throw RefusalException.NotGranular("The notice does not tell of this purpose; a consent cannot reach further than its notice.");
        }

        return await AppendAsync(caller, hashes, named: null, draft.RequestId, profile => ToEntry(caller, draft, profile), cancellation);
    }

    /// <summary>
    /// Recorded also where no consent is known: it must defeat an older one that an offline till delivers later.
    /// </summary>
    public async Task<ConsentAppended> WithdrawAsync(Caller caller, WithdrawalDraft draft, CancellationToken cancellation)
    {
        ConsentRules.Check(draft, time.GetUtcNow());
        var control = await lookup.FindAsync(caller.Tenant, draft.Profile, cancellation);
        if (control is null && draft.Profile!.Identifier is null)
        {
            throw RefusalException.ProfileNotFound();
        }

        var hashes = draft.Profile!.Identifier is { } identifier ? lookup.Hash(caller.Tenant, [identifier], "profile.identifier") : [];
        return await AppendAsync(caller, hashes, control?.Profile, draft.RequestId, profile => ToEntry(caller, draft, profile), cancellation);
    }

    /// <summary>The ledger of a person, oldest first.</summary>
    public async Task<ConsentPage> ListAsync(
        Caller caller,
        ProfileReference? reference,
        Purpose purpose,
        int pageSize,
        string pageToken,
        CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.Require(
            purpose is Purpose.ConsentEvidence or Purpose.RightsHandling,
            "purpose",
            "must be CONSENT_EVIDENCE or RIGHTS_HANDLING: evidence is kept for nothing else");
        violations.Require(pageSize >= 0, "page_size", "must not be negative");
        violations.Require(reference is not null, "profile", "is required");
        violations.Refuse();
        var control = await lookup.GetAsync(caller.Tenant, reference, cancellation);
        var query = $"consents/{control.Profile}/{purpose}";
        var after = pages.Read(caller.Tenant, query, pageToken) is { } position ? BitConverter.ToInt64(position) : 0;
        var entries = await lookup.ReadLedgerAsync(caller.Tenant, control.Profile, cancellation);
        List<ConsentEntry> rest = [.. entries.Where(entry => entry.Sequence > after)];
        List<ConsentEntry> page = [.. rest.Take(PageTokens.Size(pageSize))];
        var next = page.Count < rest.Count ? pages.Write(caller.Tenant, query, BitConverter.GetBytes(page[^1].Sequence)) : "";
        return new ConsentPage(page, next);
    }

    private async Task<ConsentAppended> AppendAsync(
        Caller caller,
        IReadOnlyList<IdentifierHash> hashes,
        ProfileId? named,
        string requestId,
        Func<ProfileId, ConsentEntry> toEntry,
        CancellationToken cancellation)
    {
        var request = hasher.Request(caller.Tenant, caller.Source, requestId);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var append = await PrepareAsync(caller, hashes, named, request, toEntry, cancellation);
            var answer = await store.FindRepeatAsync(caller.Tenant, request, cancellation) ?? await store.AppendAsync(append, cancellation);
            if (answer.Entry is { } entry)
            {
                // A withdrawal answered with another decision's entry would be acknowledged and lost.
                return IsSame(entry, append.Entry) ? answer : throw RefusalException.InvalidRequest([RequestIdReused]);
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    private static bool IsSame(ConsentEntry stored, ConsentEntry asked) =>
        stored.Profile == asked.Profile && stored.Purpose == asked.Purpose && stored.State == asked.State
        && stored.ContactChannels.SequenceEqual(asked.ContactChannels);

    private async Task<ConsentAppend> PrepareAsync(
        Caller caller,
        IReadOnlyList<IdentifierHash> hashes,
        ProfileId? named,
        UInt128 request,
        Func<ProfileId, ConsentEntry> toEntry,
        CancellationToken cancellation)
    {
        var resolution = named is null ? await ResolveAsync(caller.Tenant, hashes, cancellation) : new Resolution(named, []);
        var control = resolution.Profile is { } found
            ? (await identities.ReadControlsAsync(caller.Tenant, [found], cancellation))[0]
            : null;
        var profile = control?.Profile ?? ProfileId.New(time.GetUtcNow());
        var ledger = control is null ? [] : await lookup.ReadLedgerAsync(caller.Tenant, profile, cancellation);
        var entry = toEntry(profile) with { RequestHash = request };
        var isIdentified = hashes.Any(hash => hash.Kind.NamesAPerson());
        return new ConsentAppend
        {
            Entry = entry.State == ConsentState.Given ? entry with { ExpireAt = KeepProofUntil(caller.Tenant, EndOf(entry, ledger)) } : entry,
            IsNewProfile = control is null,
            ExpectedEpoch = control?.ConsentEpoch ?? 0,
            NewIdentifiers = resolution.Unlinked,
            Facts = isIdentified ? new Facts { IdentifiedAt = entry.EffectiveAt } : Facts.None,
            LastInteractionAt = entry.State == ConsentState.Given ? entry.EffectiveAt.UtcDateTime.Date : null,
            Restamped = Ended(caller.Tenant, ledger, entry),
        };
    }

    private async Task<Resolution> ResolveAsync(TenantId tenant, IReadOnlyList<IdentifierHash> hashes, CancellationToken cancellation)
    {
        var found = await identities.FindAsync(tenant, hashes, cancellation);
        var links = hashes.Zip(found).Where(pair => pair.Second is not null).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        var controls = await identities.ReadControlsAsync(tenant, [.. links.Values.OfType<ProfileId>().Distinct()], cancellation);
        var known = controls.OfType<Control>().ToDictionary(control => control.Profile);
        return IdentityResolver.Resolve(hashes, hash => links.GetValueOrDefault(hash), profile => known.TryGetValue(profile, out var control) ? control.Identifiers : []);
    }

    /// <summary>A withdrawal that came before it has ended it already.</summary>
    private static DateTimeOffset EndOf(ConsentEntry given, IReadOnlyList<ConsentEntry> ledger) =>
        ConsentHistory.Fold([.. ledger, given], Activity.None).Consents.Where(span => span.Id == given.Id).Max(span => span.Until);

    /// <summary>Entries that this one ends wholly are kept as proof from that end on, not from the planned one.</summary>
    private Dictionary<ConsentId, DateTimeOffset?> Ended(TenantId tenant, IReadOnlyList<ConsentEntry> ledger, ConsentEntry entry)
    {
        if (entry.State == ConsentState.Given)
        {
            return [];
        }

        var before = ConsentHistory.Fold(ledger, Activity.None).Consents.ToLookup(span => span.Id);
        return ConsentHistory.Fold([.. ledger, entry], Activity.None).Consents
            .GroupBy(span => span.Id)
            .Select(spans => (spans.Key, Until: spans.Max(span => span.Until)))
            .Where(ended => ended.Until < before[ended.Key].Max(span => span.Until))
            .ToDictionary(ended => ended.Key, ended => (DateTimeOffset?)KeepProofUntil(tenant, ended.Until));
    }

    private ConsentEntry ToEntry(Caller caller, ConsentDraft draft, ProfileId profile)
    {
        var now = time.GetUtcNow().ToStored();
        // Never in the future; that the notice was shown before is checked.
        var effectiveAt = draft.DecidedAt!.Value > now ? now : draft.DecidedAt.Value.ToStored();
        var policy = policies.For(caller.Tenant);
        DateTimeOffset? validUntil = draft.State == ConsentState.Given ? policy.Add(effectiveAt, policy.InactivityCap) : null;
        return new ConsentEntry
        {
            Id = ConsentId.New(now),
            Tenant = caller.Tenant,
            Profile = profile,
            Source = caller.Source,
            RequestHash = default,
            Purpose = draft.Purpose,
            ContactChannels = draft.ContactChannels,
            State = draft.State,
            EffectiveAt = effectiveAt,
            RecordedAt = now,
            ValidUntil = validUntil,
            NoticeId = draft.NoticeId,
            NoticeVersion = draft.NoticeVersion,
            Evidence = new Evidence(draft.Evidence!.Kind, draft.Evidence.Sha256.ToLowerInvariant(), draft.Evidence.CapturedAt!.Value.ToStored(), draft.Evidence.CapturedBy),
            ExpireAt = KeepProofUntil(caller.Tenant, validUntil ?? effectiveAt),
        };
    }

    private ConsentEntry ToEntry(Caller caller, WithdrawalDraft draft, ProfileId profile)
    {
        var now = time.GetUtcNow().ToStored();
        // A withdrawal counts early: from the earlier of what the person's side says and its arrival.
        var effectiveAt = draft.DecidedAt is { } decidedAt && decidedAt < now ? decidedAt.ToStored() : now;
        return new ConsentEntry
        {
            Id = ConsentId.New(now),
            Tenant = caller.Tenant,
            Profile = profile,
            Source = caller.Source,
            RequestHash = default,
            Purpose = draft.Purpose,
            ContactChannels = draft.ContactChannels,
            State = ConsentState.Withdrawn,
            EffectiveAt = effectiveAt,
            RecordedAt = now,
            ExpireAt = KeepProofUntil(caller.Tenant, now),
        };
    }

    /// <summary>IT-EVI-1: proof is kept after the end only as long as claims may come .</summary>
    private DateTimeOffset KeepProofUntil(TenantId tenant, DateTimeOffset end)
    {
        var policy = policies.For(tenant);
        var rule = policy.FindRule(Purpose.ConsentEvidence, DataCategory.Evidence, LegalBasis.LegalObligation)!;
        return RetentionArithmetic.Due(rule, RetentionAnchors.ForEvidence(end, policy.Zone), policy.Zone);
    }
}
