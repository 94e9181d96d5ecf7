using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracker.Core.Consents;
using Tracker.Core.Consents.Proof;
using Tracker.Core.Consents.Receipts;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed partial class ReceiptTests : LedgerTests
{
    private static readonly string[] OfTheRecord = ["schema_version", "receipt_id", "record_id", "pii_principal_id", "pii_controllers", "privacy_notice", "language", "jurisdiction", "purposes", "events"];

    private static readonly string[] OfAPurpose =
    [
        "purpose", "purpose_type", "lawful_basis", "pii_information", "storage_locations", "retention_period", "recipient_third_parties", "withdrawal_method", "collection_method",
    ];

    /// <summary>By how anybody might write them.</summary>
    private static readonly Dictionary<string, string> Words = new[]
    {
        Written<ConsentState>(), Written<DecisionActor>(), Written<EvidenceKind>(), Written<ConsentAct>(), Written<ContactChannel>(),
        Written<Purpose>(), Written<DataCategory>(), Written<NoticeMedium>(), Written<Channel>(),
    }.SelectMany(words => words).DistinctBy(word => word.Key).ToDictionary();

    private static readonly string[] OfAnEvent = ["event_state", "event_type", "event_time", "validity_duration", "entity_id", "prev_hash", "hash"];

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task A_receipt_has_every_field_that_the_standard_asks_for()
    {
        var receipt = JsonNode.Parse((await ProveAsync()).Json)!.AsObject();

        Assert.All(OfTheRecord, field => Assert.True(receipt.ContainsKey(field), field));
        Assert.All(OfAPurpose, field => Assert.True(receipt["purposes"]![0]!.AsObject().ContainsKey(field), field));
        Assert.All(OfAnEvent, field => Assert.True(receipt["events"]![0]!.AsObject().ContainsKey(field), field));
        Assert.Equal("https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr", (string?)receipt["schema_version"]);
    }

    [Fact]
    public async Task It_reads_like_this()
    {
        var receipt = await ProveAsync();

        var shown = receipt.Json
            .Replace((string)JsonNode.Parse(receipt.Json)!["record_id"]!, "<consent>", StringComparison.Ordinal)
            .Replace((string)JsonNode.Parse(receipt.Json)!["pii_principal_id"]!, "<person>", StringComparison.Ordinal);
        var withoutHashes = Regex.Replace(shown, "\"(hash|prev_hash)\":\"[0-9a-f]{64}\"", "\"$1\":\"…\"");
        var withoutEvents = Regex.Replace(withoutHashes, "\"event_id\":\"[0-9a-f]{32}\"", "\"event_id\":\"…\"");
        Assert.Equal((await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Consents", "receipt.json"), Cancellation)).Trim(), withoutEvents);
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task The_text_of_the_notice_comes_along_byte_for_byte()
    {
        var receipt = await ProveAsync();

        Assert.Equal((string?)JsonNode.Parse(receipt.Json)!["privacy_notice"]!["sha256"], Proof.Sha256(receipt.NoticeText));
    }

    [Fact]
    public async Task Each_event_holds_the_hash_of_the_one_before()
    {
        var events = JsonNode.Parse((await ProveAsync()).Json)!["events"]!.AsArray();

        var previous = new string('0', 64);
        foreach (var one in events.Select(node => node!.DeepClone().AsObject()))
        {
            Assert.Equal(previous, (string?)one["prev_hash"]);
            previous = (string)one["hash"]!;
            one.Remove("prev_hash");
            one.Remove("hash");
            Assert.Equal(previous, Hash((string)events[(int)(long)one["seq"]! - 1]!["prev_hash"]!, one));
        }

        Assert.Equal(2, events.Count);
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task A_new_policy_leaves_the_hash_of_every_earlier_event_as_it_was()
    {
        var before = await TestTracker.StartAsync();
        await before.Notices.RegisterAsync(before.Caller, An.Notice(), Cancellation);
        var given = await before.Ledger.RecordAsync(before.Caller, An.Consent(Purpose.Profiling, An.Ada), Cancellation);
        before.Time.Advance(TimeSpan.FromDays(1));
        var no = An.Consent(Purpose.Profiling, An.Ada, before.Time.GetUtcNow()) with { State = ConsentState.Refused };
        await before.Ledger.RecordAsync(before.Caller, no, Cancellation);
        var first = await ProofAsync(before, given.Entry!.Id);
        await before.CloseAsync();
        await using var after = await TestTracker.StartAsync(
            policy: APolicy.With(document => document["inactivity_cap"] = "P12M", document => document["reask_after"] = "P9M"), after: before);

        var second = await ProofAsync(after, given.Entry.Id);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, Events(first).Count);
        Assert.Equal(Events(first).ToJsonString(), Events(second).ToJsonString());
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task The_receipt_of_a_confirmed_consent_stays_the_same_when_what_it_confirms_is_gone()
    {
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada));
        var confirmed = await ConfirmAsync(asked.ConfirmationToken);
        var first = await ProofAsync(Tracker, confirmed.Entry!.Id);

        await Tracker.AdvanceToAsync(TestTracker.Noon.AddDays(30));

        Assert.Equal(confirmed.Entry.Id, Assert.Single(await LedgerAsync(An.Ada)).Id);
        Assert.Equal(first, await ProofAsync(Tracker, confirmed.Entry.Id));
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task It_names_each_category_that_the_purpose_needs_and_the_purpose_as_the_policy_does()
    {
        var profiling = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada));
        var sharing = await RecordAsync(An.Consent(Purpose.ThirdPartySharing, An.Ada));

        var (one, other) = (PurposeOf(await ProofAsync(Tracker, profiling.Entry!.Id)), PurposeOf(await ProofAsync(Tracker, sharing.Entry!.Id)));

        Assert.Superset(
            new HashSet<string> { "COMMERCIAL_PROFILING", "INFERRED" },
            one["pii_information"]!.AsArray().Select(information => (string)information!["pii_type"]!).ToHashSet());
        Assert.Equal("https://w3id.org/dpv#PersonalisedAdvertising", (string?)one["purpose_type"]);
        Assert.Equal(APolicy.Shipped.Purposes[Purpose.ThirdPartySharing].Iri, (string?)other["purpose_type"]);
    }

    [Theory]
    [InlineData(false, false, new string[0])]
    [InlineData(false, true, new string[0])]
    [InlineData(true, false, new string[0])]
    [InlineData(true, true, new[] { "INFERRED" })]
    [Trait("Compliance", "R-030")]
    public async Task A_category_is_special_where_the_policy_marks_it_and_the_consent_is_explicit(bool isMarked, bool isExplicit, string[] special)
    {
        var policy = APolicy.With(document =>
            document["fields"]!.AsArray().Single(field => (string?)field!["field"] == "inferences")!["special_category"] = isMarked);
        await using var tracker = await TestTracker.StartAsync(policy: policy);
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), Cancellation);
        var given = await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.Profiling, An.Ada) with { IsExplicit = isExplicit }, Cancellation);

        var told = PurposeOf(await ProofAsync(tracker, given.Entry!.Id))["pii_information"]!.AsArray();

        Assert.Equal(special, told.Where(information => (bool)information!["special_pii_category"]!).Select(information => (string)information!["pii_type"]!));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Compliance", "R-030")]
    public async Task Every_instant_in_a_receipt_is_of_one_form_and_nothing_in_it_is_unspecified(EvidenceKind kind)
    {
        var unplaced = Tracker.Caller with { Channel = Channel.Unspecified };
        var at = new DateTimeOffset(TestTracker.Noon.DateTime.AddHours(2), TimeSpan.FromHours(2));
        var draft = An.Consent(Purpose.DirectMarketing, An.Ada, at) with { Evidence = Evidence(kind, at) };
        var given = await RecordAsync(draft, unplaced);
        var consent = given.ConfirmationToken.Length > 0 ? await ConfirmAsync(given.ConfirmationToken) : given;

        var json = (await ProofAsync(Tracker, consent.Entry!.Id)).Json;

        Assert.All(Instants().Matches(json), instant => Assert.Matches("^[0-9-]{10}T[0-9:]{8}[.][0-9]{3}Z$", instant.Value));
        Assert.DoesNotContain("UNSPECIFIED", json, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Compliance", "R-030")]
    public async Task Every_word_of_the_contract_in_a_receipt_is_written_as_the_contract_writes_it(EvidenceKind kind)
    {
        var given = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada) with { Evidence = Evidence(kind, TestTracker.Noon) });
        var consent = given.ConfirmationToken.Length > 0 ? await ConfirmAsync(given.ConfirmationToken) : given;
        await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada, id: "no") with { State = ConsentState.Refused });
        await ObjectAsync(Purpose.DirectMarketing, An.Ada);
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));
        await CloseAsync(consent.Entry!.Id, ConsentState.RevokedByController, EndReason.PurposeStopped);
        await CloseAsync(consent.Entry.Id, ConsentState.Invalidated, EndReason.EvidenceVoid);

        var receipt = await ProofAsync(Tracker, consent.Entry.Id);

        Assert.Equal(6, Events(receipt).Count);
        Assert.All(Texts(JsonNode.Parse(receipt.Json)).SelectMany(text => text.Split(", ")).Where(Words.ContainsKey), word => Assert.Equal(Words[word], word));
    }

    public static TheoryData<EvidenceKind> Kinds => [.. Enum.GetValues<EvidenceKind>().Where(kind => kind != EvidenceKind.Unspecified)];

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task It_says_by_what_and_where_the_consent_was_collected()
    {
        var paper = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada));
        var box = await RecordAsync(An.Consent(Purpose.Profiling, An.Ada), Tracker.Caller with { Channel = Channel.Unspecified });
        var asked = await RecordAsync(An.Online(Purpose.DirectMarketing, An.Ada, id: "box"));
        var confirmed = await ConfirmAsync(asked.ConfirmationToken);

        Assert.Equal("PAPER_SCAN, POS/till, offline", await MethodAsync(paper));
        Assert.Equal("CHECKBOX, till", await MethodAsync(box));
        Assert.Equal("CHECKBOX, DOUBLE_OPT_IN, POS/till", await MethodAsync(confirmed));
    }

    [Fact]
    [Trait("Compliance", "R-030")]
    public async Task Offsets_in_a_recording_are_durations_of_iso_8601()
    {
        var spoken = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada) with { Evidence = Proof.Voice("call", TestTracker.Noon) });

        Assert.Contains("\"notice_offset\":\"PT12S\"", (await ProofAsync(Tracker, spoken.Entry!.Id)).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Details_that_an_earlier_version_wrote_are_read()
    {
        var details = EvidenceJson.Read("""{"voice":{"notice_offset":"00:00:12"},"checkbox":{"checked_at":"2026-11-23T14:00:00+02:00"},"double_opt_in":{"request_kind":"PaperScan"}}"""u8);

        Assert.Equal((TimeSpan.FromSeconds(12), TestTracker.Noon), (details.Voice!.NoticeOffset!.Value, details.Checkbox!.CheckedAt!.Value));
        Assert.Equal(EvidenceKind.PaperScan, details.DoubleOptIn!.RequestKind);
    }

    [Fact]
    public void Canonical_form_is_that_of_rfc_8785()
    {
        var node = new JsonObject { ["b"] = 1L, ["a"] = new JsonArray("é\n\u0001\"\\", true, null), ["\u20ac"] = "€" };

        Assert.Equal("{\"a\":[\"é\\n\\u0001\\\"\\\\\",true,null],\"b\":1,\"€\":\"€\"}", CanonicalJson.Write(node));
    }

    private static EvidenceDraft Evidence(EvidenceKind kind, DateTimeOffset at) => kind switch
    {
        EvidenceKind.Form => Proof.Form("one", at),
        EvidenceKind.Checkbox => Proof.Checkbox("one", at),
        EvidenceKind.Voice => Proof.Voice("one", at),
        EvidenceKind.PaperScan => Proof.Paper("one", at),
        EvidenceKind.CmpSignal => Proof.CmpSignal("one", at),
        EvidenceKind.DoubleOptIn => Proof.DoubleOptIn("one", at),
        _ => Proof.PartnerFeed("one", at),
    };

    private static IEnumerable<KeyValuePair<string, string>> Written<T>()
        where T : struct, Enum => Enum.GetValues<T>().SelectMany(
            value => new[] { EnumNames<T>.Of(value), EnumNames<T>.Of(value).ToLowerInvariant(), value.ToString() },
            (value, word) => KeyValuePair.Create(word, EnumNames<T>.Of(value)));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray elements => elements.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static JsonArray Events(Receipt receipt) => JsonNode.Parse(receipt.Json)!["events"]!.AsArray();

    private static JsonNode PurposeOf(Receipt receipt) => JsonNode.Parse(receipt.Json)!["purposes"]![0]!;

    private static Task<Receipt> ProofAsync(TestTracker tracker, ConsentId id) =>
        tracker.Consents.GetProofAsync(tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, id, Cancellation);

    [GeneratedRegex("(?<=\")[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][^\"]*(?=\")")]
    private static partial Regex Instants();

    private async Task<string?> MethodAsync(ConsentAppended appended) => (string?)PurposeOf(await ProofAsync(Tracker, appended.Entry!.Id))["collection_method"];

    private static string Hash(string previous, JsonObject one) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(previous), .. Encoding.UTF8.GetBytes(CanonicalJson.Write(one))]));

    private Task<ConsentAppended> CloseAsync(ConsentId id, ConsentState state, EndReason reason) => Tracker.Closing.CloseAsync(
        Tracker.Caller, new() { RequestId = $"{state}", Profile = new(null, An.Ada), Consent = id, State = state, Reason = reason, AuthorityReference = "case-7" }, Cancellation);

    private async Task<Receipt> ProveAsync()
    {
        await RegisterAsync(An.Notice("full") with
        {
            Id = "full",
            Language = "it",
            Scope = new()
            {
                Controller = An.Company,
                Recipients = [new("mailer", "PROCESSOR", "IE")],
                DataCategories = [DataCategory.Contact],
                StorageLocations = ["IT", "IE"],
                WithdrawalMethods = ["https://demo.example/privacy"],
                Uri = "https://demo.example/notice",
            },
        });
        var given = await RecordAsync(An.Consent(Purpose.DirectMarketing, An.Ada) with { NoticeId = "full", NoticeVersion = "full" });
        GoTo(TestTracker.Noon.AddDays(30));
        await WithdrawAsync(An.Withdrawal(Purpose.DirectMarketing, An.Ada));
        return await Tracker.Consents.GetProofAsync(Tracker.Caller, new(null, An.Ada), Purpose.ConsentEvidence, given.Entry!.Id, Cancellation);
    }
}
