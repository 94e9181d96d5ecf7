using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// The notice that a decision was made under: registered, shown before, in circulation then (E25), and telling of everything
/// that the consent is to cover (R-042).
/// </summary>
public sealed class NoticeCheck(INoticeStore notices, PolicyRegister policies, TimeProvider time)
{
    internal async Task<ShownNotice> GetAsync(Caller caller, ConsentDraft draft, CancellationToken cancellation)
    {
        var shownAt = NotAfterNow(draft.NoticeShownAt!.Value);
        var (notice, replacedAt) = await FindAsync(caller, draft.NoticeId, draft.NoticeVersion, shownAt, cancellation);
        CheckReach(notice, draft);
        CheckText(notice, draft);
        return new(notice, IsCurrent: !(replacedAt <= shownAt), ControllerOf(caller, notice, draft));
    }

    /// <summary>What a soft opt-in was told of: marketing by e-mail (art. 130(4) Codice Privacy; GDPR Art. 13).</summary>
    internal async Task<Notice> GetAsync(Caller caller, SoftOptInDraft draft, CancellationToken cancellation)
    {
        var (notice, _) = await FindAsync(caller, draft.NoticeId, draft.NoticeVersion, NotAfterNow(draft.NoticeShownAt!.Value), cancellation);
        CheckPurpose(notice, Purpose.DirectMarketing);
        CheckMedia(notice, [ContactChannel.Email]);
        if (!notice.IsOf(caller.Tenant))
        {
            throw RefusalException.NoticeOfAnother();
        }

        return notice;
    }

    private async Task<(Notice Notice, DateTimeOffset? ReplacedAt)> FindAsync(Caller caller, string id, string version, DateTimeOffset shownAt, CancellationToken cancellation)
    {
        var notice = await notices.FindAsync(caller.Tenant, id, version, cancellation) ?? throw RefusalException.NoticeUnknown(id, version);
        if (notice.EffectiveAt > shownAt)
        {
            throw RefusalException.NoticeNotPrior("before the notice came into use");
        }

        var replacedAt = notice.ReplacedAt(await notices.ListAsync(caller.Tenant, notice.Id, cancellation));
        var policy = policies.For(caller.Tenant);
        // The grace is reckoned only from what has begun: a version of the year 9999 has no day after it.
        return replacedAt is { } end && shownAt >= end && shownAt >= policy.Add(end, policy.NoticeGrace)
            ? throw RefusalException.NoticeReplaced(notice.Id, notice.Version)
            : (notice, replacedAt);
    }

    private DateTimeOffset NotAfterNow(DateTimeOffset shownAt) => time.GetUtcNow() is var now && now < shownAt ? now : shownAt;

    private static void CheckReach(Notice notice, ConsentDraft draft)
    {
        CheckPurpose(notice, draft.Purpose);
        if (draft.State == ConsentState.Refused)
        {
            return;
        }

        CheckMedia(notice, draft.ContactChannels);
        if (draft.Recipient.Length > 0 && notice.Scope.Recipients.All(recipient => recipient.Id != draft.Recipient))
        {
            throw RefusalException.NotGranular("recipient", "is none that the notice tells of; a consent cannot reach further than its notice");
        }
    }

    private static void CheckPurpose(Notice notice, Purpose purpose)
    {
        if (!notice.Purposes.Contains(purpose))
        {
            throw RefusalException.NotGranular("purpose", $"is none that the notice tells of ({string.Join(", ", notice.Purposes.Select(EnumNames<Purpose>.Of))}); nothing reaches further than its notice");
        }
    }

    private static void CheckMedia(Notice notice, IReadOnlyList<ContactChannel> media)
    {
        if (notice.Scope.ContactChannels.Count > 0 && media.Except(notice.Scope.ContactChannels).Any())
        {
            throw RefusalException.NotGranular(
                "contact_channels",
                $"must be among those that the notice tells of ({string.Join(", ", notice.Scope.ContactChannels.Select(EnumNames<ContactChannel>.Of))}); nothing reaches further than its notice");
        }
    }

    private static void CheckText(Notice notice, ConsentDraft draft)
    {
        if (draft is not { State: ConsentState.Given, Evidence: { } evidence } || string.Equals(evidence.TextShownSha256, notice.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var asked = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(draft.PurposeText)));
        if (draft.PurposeText.Length == 0 || !string.Equals(evidence.TextShownSha256, asked, StringComparison.OrdinalIgnoreCase))
        {
            throw RefusalException.InvalidEvidence([new("evidence.text_shown_sha256", "must be that of the notice's text or of purpose_text")]);
        }
    }

    private static string ControllerOf(Caller caller, Notice notice, ConsentDraft draft)
    {
        var named = notice.Scope.Controller?.Id ?? caller.Tenant.Value;
        if (draft.Controller.Length > 0 && draft.Controller != named)
        {
            throw RefusalException.ControllerMismatch();
        }

        return notice.IsOf(caller.Tenant) ? "" : named;
    }
}
