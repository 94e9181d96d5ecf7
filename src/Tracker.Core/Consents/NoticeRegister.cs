using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>The privacy notices, version by version, byte for byte.</summary>
public sealed class NoticeRegister(INoticeStore store, PolicyRegister policies, TimeProvider time)
{
    private const int MaxTextBytes = 256 * 1024;

    public async Task<Notice> RegisterAsync(Caller caller, NoticeDraft draft, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToStored();
        var policy = policies.For(caller.Tenant);
        // Each consent under it extends it to its own end.
        var expireAt = policy.Add(now, policy.OuterCap);
        var violations = Check(draft, expireAt);
        // What is registered already is no fault because a rule is longer by now.
        var stored = violations.IsEmpty ? await store.FindAsync(caller.Tenant, draft.Id, draft.Version, cancellation) : null;
        if (stored is null)
        {
            NoticeScopeRules.CheckTerms(draft.Scope.RetentionTerms, draft.Purposes, policy, violations);
        }

        violations.Refuse();
        var notice = ToNotice(caller.Tenant, draft, policy, now, expireAt);
        stored ??= await store.AddAsync(notice, cancellation);
        return IsSame(stored, notice) ? stored : throw RefusalException.NoticeChanged(draft.Id, draft.Version);
    }

    /// <summary>One version, its text byte for byte.</summary>
    public async Task<Notice> GetAsync(Caller caller, string id, string version, CancellationToken cancellation)
    {
        var violations = new Violations();
        violations.AddIf("notice_id", Text.CheckName(id, 64));
        violations.AddIf("version", Text.CheckName(version, 32));
        violations.Refuse();
        return await store.FindAsync(caller.Tenant, id, version, cancellation) ?? throw RefusalException.NoticeNotFound();
    }

    private static Notice ToNotice(TenantId tenant, NoticeDraft draft, Policy policy, DateTimeOffset now, DateTimeOffset expireAt)
    {
        var shownFrom = draft.EffectiveAt!.Value;
        List<Purpose> unstated = [.. draft.Purposes.Except(draft.Scope.RetentionTerms.Select(term => term.Purpose))];
        return new()
        {
            Tenant = tenant,
            Id = draft.Id,
            Version = draft.Version,
            Text = draft.Text,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(draft.Text))),
            Language = draft.Language,
            EffectiveAt = shownFrom.ToStored(),
            Medium = draft.Medium,
            Purposes = draft.Purposes,
            Scope = draft.Scope,
            RuleTerms = [.. unstated.Select(purpose => (Purpose: purpose, Term: StatedTerms.Shortest(policy, shownFrom, then => StatedTerms.OfConsent(then, purpose)))).Where(rule => rule.Term is not null).Select(rule => new NoticeTerm(rule.Purpose, rule.Term!.Value))],
            SoftOptInRuleTerm = unstated.Contains(Purpose.DirectMarketing) ? StatedTerms.Shortest(policy, shownFrom, StatedTerms.OfSoftOptIn) : null,
            RegisteredAt = now,
            ExpireAt = expireAt,
        };
    }

    private static bool IsSame(Notice stored, Notice notice) =>
        stored.Sha256 == notice.Sha256 && stored.Language == notice.Language && stored.Medium == notice.Medium
        && stored.EffectiveAt == notice.EffectiveAt && stored.Purposes.SequenceEqual(notice.Purposes) && stored.Scope.IsSame(notice.Scope);

    private static Violations Check(NoticeDraft draft, DateTimeOffset expireAt)
    {
        var violations = Violations.After(draft.Violations);
        violations.AddIf("notice_id", Text.CheckName(draft.Id, 64));
        violations.AddIf("version", Text.CheckName(draft.Version, 32));
        violations.Require(draft.Text.Length > 0 && Encoding.UTF8.GetByteCount(draft.Text) <= MaxTextBytes, "text", "must have 1 byte to 256 KiB");
        violations.AddIf("language", Text.CheckName(draft.Language, 35));
        violations.Require(draft.EffectiveAt is not null, "effective_at", "is required");
        violations.Require(!(draft.EffectiveAt > expireAt), "effective_at", "must not be later than a notice registered now is kept (the outer cap of the policy)");
        violations.Require(draft.Medium != NoticeMedium.Unspecified, "medium", "is required");
        violations.Require(draft.Purposes.Count > 0, "purposes", "must name at least one purpose");
        violations.Require(draft.Purposes.Distinct().Count() == draft.Purposes.Count, "purposes", "must name each purpose once");
        NoticeScopeRules.Check(draft.Scope, violations);
        return violations;
    }
}
