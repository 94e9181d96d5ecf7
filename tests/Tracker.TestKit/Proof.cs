using System.Security.Cryptography;
using System.Text;
using Tracker.Core.Consents;
using Tracker.Core.Consents.Proof;

namespace Tracker.TestKit;

/// <summary>Proof of each kind with everything it cannot do without; a name of its own makes it one of its own.</summary>
public static class Proof
{
    public const string Words = "May we use your data for this?";

    public static EvidenceDraft Checkbox(string name, DateTimeOffset at) => Of(EvidenceKind.Checkbox, name, at) with
    {
        ControlId = $"box-{name}"[..Math.Min(60, name.Length + 4)],
        Act = ConsentAct.Checked,
        DefaultChecked = false,
        Details = new() { Checkbox = new() { LabelSha256 = Sha256(Words), CheckedAt = at } },
    };

    public static EvidenceDraft Paper(string name, DateTimeOffset at) => Of(EvidenceKind.PaperScan, name, at) with
    {
        ControlId = "signature",
        Act = ConsentAct.Signed,
        Details = new()
        {
            PaperScan = new() { ScanSha256 = Sha256(name), FormVersion = "7", IsSigned = true, SignedAt = at, StoreId = "milano-1", ScannedBy = "till-3", OriginalLocation = "archive 12" },
        },
    };

    public static EvidenceDraft Form(string name, DateTimeOffset at) => Of(EvidenceKind.Form, name, at) with
    {
        ControlId = "newsletter",
        Act = ConsentAct.Clicked,
        Details = new()
        {
            Form = new() { FormId = "signup", FormVersion = "3", SnapshotSha256 = Sha256("form"), Controls = [new("newsletter", "yes")], SessionId = "session-1", IpAddress = "203.0.113.77" },
        },
    };

    public static EvidenceDraft Voice(string name, DateTimeOffset at) => Of(EvidenceKind.Voice, name, at) with
    {
        Act = ConsentAct.Spoken,
        Details = new()
        {
            Voice = new()
            {
                RecordingReference = "rec-1",
                RecordingSha256 = Sha256(name),
                CallId = "call-1",
                ScriptVersion = "2",
                NoticeOffset = TimeSpan.FromSeconds(12),
                YesOffset = TimeSpan.FromSeconds(40),
                AgentId = "agent-9",
                IsToldOfRecording = true,
                Language = "it",
            },
        },
    };

    public static EvidenceDraft DoubleOptIn(string name, DateTimeOffset at) => Of(EvidenceKind.DoubleOptIn, name, at) with
    {
        Act = ConsentAct.Clicked,
        Details = new()
        {
            DoubleOptIn = new()
            {
                RequestKind = EvidenceKind.Form,
                RequestSha256 = Sha256("request"),
                TokenSha256 = Sha256("token"),
                SentAt = at.AddMinutes(-9),
                ConfirmedAt = at,
                ConfirmIpAddress = "2001:db8:1:2:3:4:5:6",
                ConfirmUserAgent = "Firefox",
                AddressHash = Sha256("address"),
            },
        },
    };

    public static EvidenceDraft PartnerFeed(string name, DateTimeOffset at) => Of(EvidenceKind.PartnerFeed, name, at) with
    {
        Details = new() { PartnerFeed = new() { UpstreamController = "Leads Ltd", UpstreamEvidenceSha256 = Sha256("bundle"), ContractId = "c-1" } },
    };

    public static EvidenceDraft CmpSignal(string name, DateTimeOffset at) => Of(EvidenceKind.CmpSignal, name, at) with
    {
        Act = ConsentAct.Clicked,
        Details = new() { CmpSignal = new() { CmpId = "42", Signal = "CPx…", VendorListVersion = "210", BannerVersion = "5" } },
    };

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static EvidenceDraft Of(EvidenceKind kind, string name, DateTimeOffset at) => new()
    {
        Kind = kind,
        Sha256 = Sha256(name),
        CapturedAt = at,
        CapturedBy = "web-form-7",
        TextShownSha256 = Sha256(Words),
    };
}
