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
        Check(draft, policy, expireAt).Refuse();
        var text = Encoding.UTF8.GetBytes(draft.Text);
        var notice = new Notice
        {
            Tenant = caller.Tenant,
            Id = draft.Id,
            Version = draft.Version,
            Text = draft.Text,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(text)),
            Language = draft.Language,
            EffectiveAt = draft.EffectiveAt!.Value.ToStored(),
            Medium = draft.Medium,
            Purposes = draft.Purposes,
            Scope = draft.Scope,
            RegisteredAt = now,
            ExpireAt = expireAt,
        };
        var stored = await store.AddAsync(notice, cancellation);
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

    private static bool IsSame(Notice stored, Notice notice) =>
        stored.Sha256 == notice.Sha256 && stored.Language == notice.Language && stored.Medium == notice.Medium
        && stored.EffectiveAt == notice.EffectiveAt && stored.Purposes.SequenceEqual(notice.Purposes) && stored.Scope.IsSame(notice.Scope);

    private static Violations Check(NoticeDraft draft, Policy policy, DateTimeOffset expireAt)
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
        NoticeScopeRules.Check(draft.Scope, draft.Purposes, policy, violations);
        return violations;
    }
}
