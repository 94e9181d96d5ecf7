using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Consents;

/// <summary>
/// The notice that a decision was made under: registered, shown before, in circulation then (E25), and telling of everything
/// that the consent is to cover.
/// </summary>
public sealed class NoticeCheck(INoticeStore notices, PolicyRegister policies)
{
    internal async Task<ShownNotice> GetAsync(Caller caller, ConsentDraft draft, CancellationToken cancellation)
    {
        var notice = await notices.FindAsync(caller.Tenant, draft.NoticeId, draft.NoticeVersion, cancellation)
            ?? throw RefusalException.NoticeUnknown(draft.NoticeId, draft.NoticeVersion);
        if (notice.EffectiveAt > draft.NoticeShownAt)
        {
            throw RefusalException.NoticeNotPrior();
        }

        var replacedAt = Replaced(notice, await notices.ListAsync(caller.Tenant, notice.Id, cancellation));
        var policy = policies.For(caller.Tenant);
        if (replacedAt is { } end && draft.NoticeShownAt >= policy.Add(end, policy.NoticeGrace))
        {
            throw RefusalException.NoticeReplaced(notice.Id, notice.Version);
        }

        CheckReach(notice, draft);
        CheckText(notice, draft);
        return new(notice, IsCurrent: !(replacedAt <= draft.NoticeShownAt), ControllerOf(caller, notice, draft));
    }

    /// <summary>When the next version in the same language and medium, for the same readers, came into use.</summary>
    private static DateTimeOffset? Replaced(Notice notice, IReadOnlyList<Notice> versions) => versions
        .Where(other => other.EffectiveAt > notice.EffectiveAt
            && (other.Language, other.Medium, other.Scope.IsChildLanguage) == (notice.Language, notice.Medium, notice.Scope.IsChildLanguage))
        .Select(other => (DateTimeOffset?)other.EffectiveAt)
        .Min();

    private static void CheckReach(Notice notice, ConsentDraft draft)
    {
        if (!notice.Purposes.Contains(draft.Purpose))
        {
            throw RefusalException.NotGranular("The notice does not tell of this purpose; a consent cannot reach further than its notice.");
        }

        if (draft.State == ConsentState.Refused)
        {
            return;
        }

        if (notice.Scope.ContactChannels.Count > 0 && draft.ContactChannels.Except(notice.Scope.ContactChannels).Any())
        {
            throw RefusalException.NotGranular("The notice does not tell of one of these media; a consent cannot reach further than its notice.");
        }

        if (draft.Recipient.Length > 0 && notice.Scope.Recipients.All(recipient => recipient.Id != draft.Recipient))
        {
            throw RefusalException.NotGranular("The notice does not tell of this recipient; a consent cannot reach further than its notice.");
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
        var named = notice.Scope.Controller?.Id ?? "";
        if (named.Length > 0 && draft.Controller.Length > 0 && named != draft.Controller)
        {
            throw RefusalException.ControllerMismatch();
        }

        var controller = draft.Controller.Length > 0 ? draft.Controller : named;
        return controller == caller.Tenant.Value ? "" : controller;
    }
}
