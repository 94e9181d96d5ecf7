using Tracker.Core.Model;

namespace Tracker.Core.Consents.Proof;

/// <summary>The mandatory fields of each kind of proof (compliance 2.5); every one that is missing is named.</summary>
internal static class DetailRules
{
    public static void Check(EvidenceKind kind, EvidenceDetails details, Violations violations)
    {
        switch (kind)
        {
            case EvidenceKind.Form:
                Check(new(violations, "evidence.form"), details.Form ?? new());
                break;
            case EvidenceKind.Checkbox:
                Check(new(violations, "evidence.checkbox"), details.Checkbox ?? new());
                break;
            case EvidenceKind.Voice:
                Check(new(violations, "evidence.voice"), details.Voice ?? new());
                break;
            case EvidenceKind.DoubleOptIn:
                Check(new(violations, "evidence.double_opt_in"), details.DoubleOptIn ?? new());
                break;
            case EvidenceKind.PaperScan:
                Check(new(violations, "evidence.paper_scan"), details.PaperScan ?? new());
                break;
            case EvidenceKind.PartnerFeed:
                Check(new(violations, "evidence.partner_feed"), details.PartnerFeed ?? new());
                break;
            case EvidenceKind.CmpSignal:
                Check(new(violations, "evidence.cmp_signal"), details.CmpSignal ?? new());
                break;
        }
    }

    private static void Check(DetailFields fields, FormDetails form)
    {
        fields.Text("form_id", form.FormId, 64);
        fields.Text("form_version", form.FormVersion, 32);
        fields.Sha256("snapshot_sha256", form.SnapshotSha256);
        fields.Require(form.Controls.Count is >= 1 and <= 32, "controls", "must have 1 to 32 consent controls");
        for (var i = 0; i < Math.Min(form.Controls.Count, 32); i++)
        {
            fields.Text($"controls[{i}].name", form.Controls[i].Name, 64);
            fields.Text($"controls[{i}].value", form.Controls[i].Value, 64);
        }

        fields.Text("session_id", form.SessionId, 128);
        fields.Ip("ip_address", form.IpAddress);
    }

    private static void Check(DetailFields fields, CheckboxDetails checkbox)
    {
        fields.Sha256("label_sha256", checkbox.LabelSha256);
        fields.Time("checked_at", checkbox.CheckedAt);
    }

    private static void Check(DetailFields fields, VoiceDetails voice)
    {
        fields.Text("recording_reference", voice.RecordingReference, 128);
        fields.Sha256("recording_sha256", voice.RecordingSha256);
        fields.Text("call_id", voice.CallId, 128);
        fields.Text("script_version", voice.ScriptVersion, 32);
        fields.Offset("notice_offset", voice.NoticeOffset);
        fields.Offset("yes_offset", voice.YesOffset);
        fields.Require(!(voice.YesOffset < voice.NoticeOffset), "yes_offset", "must not come before the notice was read");
        fields.Text("agent_id", voice.AgentId, 64);
        fields.Require(voice.IsToldOfRecording, "told_of_recording", "must be true: a call that was recorded in secret proves nothing");
        fields.Text("language", voice.Language, 35);
    }

    private static void Check(DetailFields fields, DoubleOptInDetails optIn)
    {
        fields.Require(optIn.RequestKind is EvidenceKind.Form or EvidenceKind.Checkbox, "request_kind", "must be FORM or CHECKBOX");
        fields.Sha256("request_sha256", optIn.RequestSha256);
        fields.Sha256("token_sha256", optIn.TokenSha256);
        fields.Time("sent_at", optIn.SentAt);
        fields.Time("confirmed_at", optIn.ConfirmedAt);
        fields.Require(!(optIn.ConfirmedAt < optIn.SentAt), "confirmed_at", "must not be before sent_at");
        fields.Ip("confirm_ip_address", optIn.ConfirmIpAddress);
        fields.Text("confirm_user_agent", optIn.ConfirmUserAgent, 256);
        fields.Text("address_hash", optIn.AddressHash, 128);
    }

    private static void Check(DetailFields fields, PaperScanDetails scan)
    {
        fields.Sha256("scan_sha256", scan.ScanSha256);
        fields.Text("form_version", scan.FormVersion, 32);
        fields.Require(scan.IsSigned, "signature_present", "must be true: a paper without a signature proves nothing");
        fields.Time("signed_at", scan.SignedAt);
        fields.Text("store_id", scan.StoreId, 64);
        fields.Text("scanned_by", scan.ScannedBy, 64);
        fields.Text("original_location", scan.OriginalLocation, 128);
    }

    private static void Check(DetailFields fields, PartnerFeedDetails feed)
    {
        fields.Text("upstream_controller", feed.UpstreamController, 128);
        fields.Sha256("upstream_evidence_sha256", feed.UpstreamEvidenceSha256);
        fields.Text("contract_id", feed.ContractId, 64);
    }

    private static void Check(DetailFields fields, CmpSignalDetails signal)
    {
        fields.Text("cmp_id", signal.CmpId, 64);
        fields.Text("signal", signal.Signal, 4096);
        fields.Text("vendor_list_version", signal.VendorListVersion, 32);
        fields.Text("banner_version", signal.BannerVersion, 32);
    }
}
