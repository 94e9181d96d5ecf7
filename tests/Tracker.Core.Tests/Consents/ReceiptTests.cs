using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracker.Core.Consents;
using Tracker.Core.Consents.Receipts;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Consents;

public sealed class ReceiptTests : LedgerTests
{
    private static readonly string[] OfTheRecord = ["schema_version", "receipt_id", "record_id", "pii_principal_id", "pii_controllers", "privacy_notice", "language", "jurisdiction", "purposes", "events"];

    private static readonly string[] OfAPurpose =
    [
        "purpose", "purpose_type", "lawful_basis", "pii_information", "storage_locations", "retention_period", "recipient_third_parties", "withdrawal_method", "collection_method",
    ];

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
        var withoutHashes = System.Text.RegularExpressions.Regex.Replace(shown, "\"(hash|prev_hash)\":\"[0-9a-f]{64}\"", "\"$1\":\"…\"");
        var withoutEvents = System.Text.RegularExpressions.Regex.Replace(withoutHashes, "\"event_id\":\"[0-9a-f]{32}\"", "\"event_id\":\"…\"");
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
    public void Canonical_form_is_that_of_rfc_8785()
    {
        var node = new JsonObject { ["b"] = 1L, ["a"] = new JsonArray("é\n\u0001\"\\", true, null), ["\u20ac"] = "€" };

        Assert.Equal("{\"a\":[\"é\\n\\u0001\\\"\\\\\",true,null],\"b\":1,\"€\":\"€\"}", CanonicalJson.Write(node));
    }

    private static string Hash(string previous, JsonObject one) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(previous), .. Encoding.UTF8.GetBytes(CanonicalJson.Write(one))]));

    private async Task<Receipt> ProveAsync()
    {
        await RegisterAsync(An.Notice("full") with
        {
            Id = "full",
            Language = "it",
            Scope = new()
            {
                Controller = new("demo", "Demo S.p.A.", "dpo@demo.example", "Via Roma 1, Milano"),
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
