using Tracker.Core.Consents;
using Tracker.Core.Consents.Proof;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal static class EvidenceDetailsMapping
{
    public static EvidenceDetails ToDetails(this Wire.Evidence wire, Place at) => new()
    {
        Form = wire.Form.ToCore(),
        Checkbox = wire.Checkbox.ToCore(at.In("checkbox")),
        Voice = wire.Voice.ToCore(at.In("voice")),
        PaperScan = wire.PaperScan.ToCore(at.In("paper_scan")),
        CmpSignal = wire.CmpSignal.ToCore(),
        DoubleOptIn = wire.DoubleOptIn.ToCore(at.In("double_opt_in")),
        PartnerFeed = wire.PartnerFeed.ToCore(),
    };

    private static FormDetails? ToCore(this Wire.FormEvidence? wire) => wire is null ? null : new()
    {
        FormId = wire.FormId,
        FormVersion = wire.FormVersion,
        SnapshotSha256 = wire.SnapshotSha256,
        Controls = [.. wire.Controls.Select(control => new ControlValue(control.Name, control.Value))],
        SessionId = wire.SessionId,
        IpAddress = wire.IpAddress,
    };

    private static CheckboxDetails? ToCore(this Wire.CheckboxEvidence? wire, Place at) => wire is null ? null : new()
    {
        LabelSha256 = wire.LabelSha256,
        CheckedAt = wire.CheckedAt.ToCore(at, "checked_at"),
    };

    private static VoiceDetails? ToCore(this Wire.VoiceEvidence? wire, Place at) => wire is null ? null : new()
    {
        RecordingReference = wire.RecordingReference,
        RecordingSha256 = wire.RecordingSha256,
        CallId = wire.CallId,
        ScriptVersion = wire.ScriptVersion,
        NoticeOffset = wire.NoticeOffset.ToCore(at, "notice_offset"),
        YesOffset = wire.YesOffset.ToCore(at, "yes_offset"),
        AgentId = wire.AgentId,
        IsToldOfRecording = wire.ToldOfRecording,
        Language = wire.Language,
    };

    private static PaperScanDetails? ToCore(this Wire.PaperScanEvidence? wire, Place at) => wire is null ? null : new()
    {
        ScanSha256 = wire.ScanSha256,
        FormVersion = wire.FormVersion,
        IsSigned = wire.SignaturePresent,
        SignedAt = wire.SignedAt.ToCore(at, "signed_at"),
        StoreId = wire.StoreId,
        ScannedBy = wire.ScannedBy,
        OriginalLocation = wire.OriginalLocation,
    };

    private static CmpSignalDetails? ToCore(this Wire.CmpSignalEvidence? wire) => wire is null ? null : new()
    {
        CmpId = wire.CmpId,
        Signal = wire.Signal,
        VendorListVersion = wire.VendorListVersion,
        BannerVersion = wire.BannerVersion,
    };

    private static DoubleOptInDetails? ToCore(this Wire.DoubleOptInEvidence? wire, Place at) => wire is null ? null : new()
    {
        RequestKind = CoreEnum.Of<EvidenceKind>((int)wire.RequestKind, at, "request_kind"),
        RequestSha256 = wire.RequestSha256,
        TokenSha256 = wire.TokenSha256,
        SentAt = wire.SentAt.ToCore(at, "sent_at"),
        ConfirmedAt = wire.ConfirmedAt.ToCore(at, "confirmed_at"),
        ConfirmIpAddress = wire.ConfirmIpAddress,
        ConfirmUserAgent = wire.ConfirmUserAgent,
        AddressHash = wire.AddressHash,
    };

    private static PartnerFeedDetails? ToCore(this Wire.PartnerFeedEvidence? wire) => wire is null ? null : new()
    {
        UpstreamController = wire.UpstreamController,
        UpstreamEvidenceSha256 = wire.UpstreamEvidenceSha256,
        ContractId = wire.ContractId,
    };
}
