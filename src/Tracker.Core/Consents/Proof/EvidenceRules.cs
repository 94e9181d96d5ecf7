using System.Globalization;
using Tracker.Core.Model;

namespace Tracker.Core.Consents.Proof;

/// <summary>What a proof must show before anything rests on it (R-004, R-031, R-034, R-150).</summary>
internal static class EvidenceRules
{
    /// <summary>Kinds where one form, page or paper may ask for several things, each with a control of its own (R-041).</summary>
    private static readonly EvidenceKind[] WithControl = [EvidenceKind.Form, EvidenceKind.Checkbox, EvidenceKind.PaperScan];

    public static void Check(EvidenceDraft? evidence, bool isGift, Violations violations)
    {
        if (evidence is null)
        {
            violations.Add("evidence", "is required (GDPR Art. 7(1))");
            return;
        }

        var fields = new DetailFields(violations, "evidence");
        fields.Require(evidence.Kind != EvidenceKind.Unspecified, "kind", "is required");
        fields.Sha256("sha256", evidence.Sha256);
        fields.Require(evidence.CapturedAt is not null, "captured_at", "is required");
        fields.Require(evidence.CapturedAt is null || evidence.CapturedAt >= DateTimeOffset.UnixEpoch, "captured_at", "must not be before 1970");
        fields.Text("captured_by", evidence.CapturedBy, 64);
        violations.AddIf("evidence.control_id", Text.Check(evidence.ControlId, 64));
        if (isGift)
        {
            fields.Sha256("text_shown_sha256", evidence.TextShownSha256);
            CheckAct(evidence, fields);
            DetailRules.Check(evidence.Kind, evidence.Details, violations);
        }
    }

    /// <summary>
    /// The proof as it is kept. It is as old as the act it shows, by a clock that is ahead of ours put right: a scan of today
    /// proves no decision of today (E17), and a click on a link none from after it was sent: a no in between counts (E44).
    /// </summary>
    public static Evidence ToEvidence(this EvidenceDraft draft, DateTimeOffset? sentAt, DateTimeOffset now) =>
        new(draft.Kind, draft.Sha256.ToLowerInvariant(), LedgerClock.OfRefusal(Earlier(Earlier(draft.CapturedAt!.Value, draft.ActedAt()), draft.Kind == EvidenceKind.DoubleOptIn ? draft.Details.DoubleOptIn?.SentAt : null), sentAt, now).ToStored(), draft.CapturedBy)
        {
            TextShownSha256 = draft.TextShownSha256.ToLowerInvariant(),
            ControlId = draft is { Kind: EvidenceKind.Voice, Details.Voice.YesOffset: { } yes } ? $"yes@{yes.ToString("c", CultureInfo.InvariantCulture)}" : draft.ControlId,
            Act = draft.Act,
        };

    /// <returns>When the person acted, as the proof itself says; null: it does not.</returns>
    public static DateTimeOffset? ActedAt(this EvidenceDraft draft) => draft.Kind switch
    {
        EvidenceKind.Checkbox => draft.Details.Checkbox?.CheckedAt,
        EvidenceKind.PaperScan => draft.Details.PaperScan?.SignedAt,
        EvidenceKind.DoubleOptIn => draft.Details.DoubleOptIn?.ConfirmedAt,
        _ => null,
    };

    /// <summary>A paper and a call are no information society service, whatever the source says of itself: Art. 8 does not speak of them (C5).</summary>
    public static bool IsOutsideOnlineServices(this EvidenceDraft draft) => draft.Kind is EvidenceKind.PaperScan or EvidenceKind.Voice;

    /// <summary>What is kept of the details: addresses masked, and no time later than the arrival (E16).</summary>
    public static EvidenceDetails ToKept(this EvidenceDetails details, DateTimeOffset now) => details with
    {
        Form = details.Form is { } form ? form with { IpAddress = IpMask.Mask(form.IpAddress) } : null,
        Checkbox = details.Checkbox is { } checkbox ? checkbox with { CheckedAt = NotAfter(now, checkbox.CheckedAt) } : null,
        PaperScan = details.PaperScan is { } scan ? scan with { SignedAt = NotAfter(now, scan.SignedAt) } : null,
        DoubleOptIn = details.DoubleOptIn is { } optIn
            ? optIn with { SentAt = NotAfter(now, optIn.SentAt), ConfirmedAt = NotAfter(now, optIn.ConfirmedAt), ConfirmIpAddress = IpMask.Mask(optIn.ConfirmIpAddress) }
            : null,
    };

    private static DateTimeOffset? NotAfter(DateTimeOffset now, DateTimeOffset? at) => at > now ? now : at;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset? b) => b < a ? b.Value : a;

    private static void CheckAct(EvidenceDraft evidence, DetailFields fields)
    {
        fields.Require(
            evidence.Act is not (ConsentAct.Closed or ConsentAct.Scrolled or ConsentAct.Silent or ConsentAct.ContinuedUse),
            "act",
            "must be an active act: closing, scrolling, silence and going on are no consent (CJEU C-673/17, Garante 231/2021)");
        fields.Require(evidence.Kind != EvidenceKind.Checkbox || evidence.Act is ConsentAct.Checked, "act", "must be CHECKED for CHECKBOX");
        fields.Require(evidence.Kind != EvidenceKind.CmpSignal || evidence.Act is not ConsentAct.Unspecified, "act", "is required for CMP_SIGNAL");
        fields.Require(
            evidence.Kind != EvidenceKind.Checkbox || evidence.DefaultChecked == false,
            "default_checked",
            "must be stated and false: a box ticked in advance is no consent (CJEU C-673/17)");
        fields.Require(evidence.BundledWith.Count == 0, "bundled_with", "must be empty: a consent bundled with other terms is none (GDPR Art. 7(2))");
        fields.Require(!WithControl.Contains(evidence.Kind) || evidence.ControlId.Length > 0, "control_id", "is required: the box, question or signature for exactly this purpose");
    }
}
