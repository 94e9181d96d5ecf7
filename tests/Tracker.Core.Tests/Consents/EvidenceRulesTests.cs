using Tracker.Core.Consents;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class EvidenceRulesTests : LedgerTests
{
    private static readonly DateTimeOffset Noon = TestTracker.Noon;

    private static readonly Dictionary<EvidenceKind, EvidenceDraft> Whole = new()
    {
        [EvidenceKind.Form] = TestKit.Proof.Form("f", Noon),
        [EvidenceKind.Checkbox] = TestKit.Proof.Checkbox("c", Noon),
        [EvidenceKind.Voice] = TestKit.Proof.Voice("v", Noon),
        [EvidenceKind.DoubleOptIn] = TestKit.Proof.DoubleOptIn("d", Noon),
        [EvidenceKind.PaperScan] = TestKit.Proof.Paper("p", Noon),
        [EvidenceKind.PartnerFeed] = TestKit.Proof.PartnerFeed("l", Noon),
        [EvidenceKind.CmpSignal] = TestKit.Proof.CmpSignal("s", Noon),
    };

    private static readonly (EvidenceKind Kind, string Field, Func<EvidenceDraft, EvidenceDraft> Without)[] Mandatory =
    [
        .. Whole.Keys.SelectMany(kind => new (EvidenceKind, string, Func<EvidenceDraft, EvidenceDraft>)[]
        {
            (kind, "sha256", draft => draft with { Sha256 = "" }),
            (kind, "captured_at", draft => draft with { CapturedAt = null }),
            (kind, "captured_by", draft => draft with { CapturedBy = "" }),
            (kind, "text_shown_sha256", draft => draft with { TextShownSha256 = "" }),
        }),
        (EvidenceKind.Form, "control_id", draft => draft with { ControlId = "" }),
        (EvidenceKind.Form, "form.form_id", draft => Form(draft, form => form with { FormId = "" })),
        (EvidenceKind.Form, "form.form_version", draft => Form(draft, form => form with { FormVersion = "" })),
        (EvidenceKind.Form, "form.snapshot_sha256", draft => Form(draft, form => form with { SnapshotSha256 = "" })),
        (EvidenceKind.Form, "form.controls", draft => Form(draft, form => form with { Controls = [] })),
        (EvidenceKind.Form, "form.session_id", draft => Form(draft, form => form with { SessionId = "" })),
        (EvidenceKind.Form, "form.ip_address", draft => Form(draft, form => form with { IpAddress = "" })),
        (EvidenceKind.Checkbox, "control_id", draft => draft with { ControlId = "" }),
        (EvidenceKind.Checkbox, "act", draft => draft with { Act = ConsentAct.Unspecified }),
        (EvidenceKind.Checkbox, "default_checked", draft => draft with { DefaultChecked = null }),
        (EvidenceKind.Checkbox, "checkbox.label_sha256", draft => draft with { Details = new() { Checkbox = new() { CheckedAt = Noon } } }),
        (EvidenceKind.Checkbox, "checkbox.checked_at", draft => draft with { Details = new() { Checkbox = new() { LabelSha256 = new string('a', 64) } } }),
        (EvidenceKind.Voice, "voice.recording_reference", draft => Voice(draft, voice => voice with { RecordingReference = "" })),
        (EvidenceKind.Voice, "voice.recording_sha256", draft => Voice(draft, voice => voice with { RecordingSha256 = "" })),
        (EvidenceKind.Voice, "voice.call_id", draft => Voice(draft, voice => voice with { CallId = "" })),
        (EvidenceKind.Voice, "voice.script_version", draft => Voice(draft, voice => voice with { ScriptVersion = "" })),
        (EvidenceKind.Voice, "voice.notice_offset", draft => Voice(draft, voice => voice with { NoticeOffset = null })),
        (EvidenceKind.Voice, "voice.yes_offset", draft => Voice(draft, voice => voice with { YesOffset = null })),
        (EvidenceKind.Voice, "voice.agent_id", draft => Voice(draft, voice => voice with { AgentId = "" })),
        (EvidenceKind.Voice, "voice.told_of_recording", draft => Voice(draft, voice => voice with { IsToldOfRecording = false })),
        (EvidenceKind.Voice, "voice.language", draft => Voice(draft, voice => voice with { Language = "" })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.request_kind", draft => OptIn(draft, optIn => optIn with { RequestKind = EvidenceKind.Unspecified })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.request_sha256", draft => OptIn(draft, optIn => optIn with { RequestSha256 = "" })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.token_sha256", draft => OptIn(draft, optIn => optIn with { TokenSha256 = "" })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.sent_at", draft => OptIn(draft, optIn => optIn with { SentAt = null })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.confirmed_at", draft => OptIn(draft, optIn => optIn with { ConfirmedAt = null })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.confirm_ip_address", draft => OptIn(draft, optIn => optIn with { ConfirmIpAddress = "" })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.confirm_user_agent", draft => OptIn(draft, optIn => optIn with { ConfirmUserAgent = "" })),
        (EvidenceKind.DoubleOptIn, "double_opt_in.address_hash", draft => OptIn(draft, optIn => optIn with { AddressHash = "" })),
        (EvidenceKind.PaperScan, "control_id", draft => draft with { ControlId = "" }),
        (EvidenceKind.PaperScan, "paper_scan.scan_sha256", draft => Paper(draft, scan => scan with { ScanSha256 = "" })),
        (EvidenceKind.PaperScan, "paper_scan.form_version", draft => Paper(draft, scan => scan with { FormVersion = "" })),
        (EvidenceKind.PaperScan, "paper_scan.signature_present", draft => Paper(draft, scan => scan with { IsSigned = false })),
        (EvidenceKind.PaperScan, "paper_scan.signed_at", draft => Paper(draft, scan => scan with { SignedAt = null })),
        (EvidenceKind.PaperScan, "paper_scan.store_id", draft => Paper(draft, scan => scan with { StoreId = "" })),
        (EvidenceKind.PaperScan, "paper_scan.scanned_by", draft => Paper(draft, scan => scan with { ScannedBy = "" })),
        (EvidenceKind.PaperScan, "paper_scan.original_location", draft => Paper(draft, scan => scan with { OriginalLocation = "" })),
        (EvidenceKind.PartnerFeed, "partner_feed.upstream_controller", draft => Feed(draft, feed => feed with { UpstreamController = "" })),
        (EvidenceKind.PartnerFeed, "partner_feed.upstream_evidence_sha256", draft => Feed(draft, feed => feed with { UpstreamEvidenceSha256 = "" })),
        (EvidenceKind.PartnerFeed, "partner_feed.contract_id", draft => Feed(draft, feed => feed with { ContractId = "" })),
        (EvidenceKind.CmpSignal, "act", draft => draft with { Act = ConsentAct.Unspecified }),
        (EvidenceKind.CmpSignal, "cmp_signal.cmp_id", draft => Signal(draft, signal => signal with { CmpId = "" })),
        (EvidenceKind.CmpSignal, "cmp_signal.signal", draft => Signal(draft, signal => signal with { Signal = "" })),
        (EvidenceKind.CmpSignal, "cmp_signal.vendor_list_version", draft => Signal(draft, signal => signal with { VendorListVersion = "" })),
        (EvidenceKind.CmpSignal, "cmp_signal.banner_version", draft => Signal(draft, signal => signal with { BannerVersion = "" })),
    ];

    /// <summary>What a source may leave out: where we asked, and when.</summary>
    private static readonly string[] Optional = [nameof(DoubleOptInDetails.RequestConsentId), nameof(DoubleOptInDetails.RequestedAt)];

    public static TheoryData<EvidenceKind> Kinds => [.. Whole.Keys];

    public static TheoryData<EvidenceKind, string> Fields
    {
        get
        {
            var data = new TheoryData<EvidenceKind, string>();
            foreach (var one in Mandatory)
            {
                data.Add(one.Kind, one.Field);
            }

            return data;
        }
    }

    [Fact]
    [Trait("Compliance", "R-031")]
    public void Every_kind_of_proof_and_every_field_of_it_has_a_rule()
    {
        Assert.Equal(Enum.GetValues<EvidenceKind>().Where(kind => kind != EvidenceKind.Unspecified).Order(), Whole.Keys.Order());
        foreach (var part in typeof(EvidenceDetails).GetProperties().Where(part => part.PropertyType != typeof(string) && part.PropertyType != typeof(SubjectAge)))
        {
            var fields = part.PropertyType.GetProperties().Count(field => !Optional.Contains(field.Name));
            var path = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(part.Name) + ".";
            Assert.Equal((path, fields), (path, Mandatory.Count(one => one.Field.StartsWith(path, StringComparison.Ordinal))));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Compliance", "R-031")]
    public async Task A_proof_with_every_field_of_its_kind_is_taken(EvidenceKind kind)
    {
        var recorded = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = Whole[kind] });

        Assert.Equal(kind == EvidenceKind.PartnerFeed ? ConsentState.PendingConfirmation : ConsentState.Given, recorded.Entry!.State);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    [Trait("Compliance", "R-031")]
    public async Task A_proof_without_one_of_them_is_none(EvidenceKind kind, string field)
    {
        var evidence = Mandatory.Single(one => one.Kind == kind && one.Field == field).Without(Whole[kind]);

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = evidence });

        Assert.Equal(RefusalReason.InvalidEvidence, refused.Reason);
        Assert.Equal($"evidence.{field}", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task Everything_that_a_proof_lacks_is_named_at_once()
    {
        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = new() { Kind = EvidenceKind.PaperScan } });

        Assert.Equal(RefusalReason.InvalidEvidence, refused.Reason);
        Assert.Superset(
            Mandatory.Where(one => one.Kind == EvidenceKind.PaperScan).Select(one => $"evidence.{one.Field}").ToHashSet(),
            refused.Violations.Select(violation => violation.Field).ToHashSet());
    }

    [Theory]
    [InlineData(ConsentAct.Scrolled)]
    [InlineData(ConsentAct.Closed)]
    [InlineData(ConsentAct.Silent)]
    [InlineData(ConsentAct.ContinuedUse)]
    [Trait("Compliance", "R-004")]
    [Trait("Compliance", "R-150")]
    public async Task What_is_no_act_is_no_consent(ConsentAct act)
    {
        var refused = await RefusedAsync(An.Consent(Purpose.Analytics, An.Ada) with { Evidence = Whole[EvidenceKind.CmpSignal] with { Act = act } });

        Assert.Equal((RefusalReason.InvalidEvidence, "evidence.act"), (refused.Reason, Assert.Single(refused.Violations).Field));
        Assert.False(await MayAsync(Purpose.Analytics, An.Ada));
    }

    [Fact]
    [Trait("Compliance", "R-150")]
    public async Task Closing_the_banner_is_a_refusal()
    {
        var refusal = An.Consent(Purpose.Analytics, An.AdasCookie) with { State = ConsentState.Refused, Evidence = Whole[EvidenceKind.CmpSignal] with { Act = ConsentAct.Closed } };

        var recorded = await RecordAsync(refusal);

        Assert.Equal((ConsentState.Refused, Noon.AddMonths(6).AddHours(-1)), (recorded.Entry!.State, recorded.Entry.ExpireAt));
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task The_text_shown_must_be_that_of_the_notice_or_of_the_words_that_asked()
    {
        var other = Whole[EvidenceKind.Form] with { TextShownSha256 = TestKit.Proof.Sha256("something else") };
        var notices = Whole[EvidenceKind.Form] with { TextShownSha256 = TestKit.Proof.Sha256(An.Notice().Text) };

        var refused = await RefusedAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = other });
        var recorded = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = notices });

        Assert.Equal("evidence.text_shown_sha256", Assert.Single(refused.Violations).Field);
        Assert.Equal(ConsentState.Given, recorded.Entry!.State);
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::")]
    [InlineData("2002:c000:207:1::1", "2002:c000:200::")]
    public void Of_an_address_only_the_network_is_kept(string sent, string kept)
    {
        Assert.Equal(kept, IpMask.Mask(sent));
        Assert.True(IpMask.IsMasked(kept));
        Assert.False(IpMask.IsMasked(sent));
    }

    [Fact]
    public async Task Details_are_under_seal_and_nothing_of_them_is_readable_in_the_store()
    {
        var recorded = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada) with { Evidence = Whole[EvidenceKind.Form] });

        var entry = recorded.Entry!;
        Assert.False(entry.SealedDetails.IsEmpty);
        Assert.DoesNotContain("session-1", System.Text.Encoding.UTF8.GetString(entry.SealedDetails.Span), StringComparison.Ordinal);
    }

    private static EvidenceDraft Form(EvidenceDraft draft, Func<FormDetails, FormDetails> change) => draft with { Details = new() { Form = change(draft.Details.Form!) } };

    private static EvidenceDraft Voice(EvidenceDraft draft, Func<VoiceDetails, VoiceDetails> change) => draft with { Details = new() { Voice = change(draft.Details.Voice!) } };

    private static EvidenceDraft OptIn(EvidenceDraft draft, Func<DoubleOptInDetails, DoubleOptInDetails> change) =>
        draft with { Details = new() { DoubleOptIn = change(draft.Details.DoubleOptIn!) } };

    private static EvidenceDraft Paper(EvidenceDraft draft, Func<PaperScanDetails, PaperScanDetails> change) =>
        draft with { Details = new() { PaperScan = change(draft.Details.PaperScan!) } };

    private static EvidenceDraft Feed(EvidenceDraft draft, Func<PartnerFeedDetails, PartnerFeedDetails> change) =>
        draft with { Details = new() { PartnerFeed = change(draft.Details.PartnerFeed!) } };

    private static EvidenceDraft Signal(EvidenceDraft draft, Func<CmpSignalDetails, CmpSignalDetails> change) =>
        draft with { Details = new() { CmpSignal = change(draft.Details.CmpSignal!) } };
}
