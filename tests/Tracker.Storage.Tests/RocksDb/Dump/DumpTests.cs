using System.Text.Json;
using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Dump;

public sealed class DumpTests : IAsyncLifetime
{
    private readonly RocksDbStorage _storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _storage.StartAsync();

    public async ValueTask DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task Every_part_shows_its_documents_as_objects_in_snake_case()
    {
        await FillAsync();

        var lines = StoreDump.Parts.SelectMany(part => Read(part)).ToList();

        Assert.All(StoreDump.Parts, part => Assert.NotEmpty(Read(part)));
        Assert.All(lines, line => Assert.All(JsonDocument.Parse(line).RootElement.EnumerateObject(), field => Assert.Matches("^[a-z0-9_]+$", field.Name)));
    }

    [Fact]
    public async Task Record_shows_its_envelope_and_the_size_of_its_payload_only()
    {
        await FillAsync();

        var record = JsonDocument.Parse(Read("records").First()).RootElement;

        Assert.Equal("FISCAL", record.GetProperty("class").GetString());
        Assert.Equal("DIRECT_MARKETING", record.GetProperty("grants")[0].GetProperty("purpose").GetString());
        Assert.Equal((3, false), (record.GetProperty("payload_bytes").GetInt32(), record.TryGetProperty("payload_digest", out _)));
    }

    [Fact]
    public async Task Digests_are_shown_where_they_are_given()
    {
        await FillAsync();
        var options = new DumpOptions { RecordDigest = (record, _) => $"of {record.Payload.Length}", ContactDigest = (contact, _) => $"v{contact.Version}" };

        Assert.All(Read("records", options), line => Assert.Contains("\"payload_digest\":\"of 3\"", line, StringComparison.Ordinal));
        Assert.Contains("\"payload_digest\":\"v1\"", Read("contacts", options).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrapped_keys_do_not_leave_the_store()
    {
        await CommitAsync(A.NewProfile(A.Ada) with
        {
            NewKeys = new Dictionary<RetentionClass, WrappedKey> { [RetentionClass.Order] = new(1, Enumerable.Repeat((byte)0xAB, 40).ToArray()) },
        });

        var line = Read("keys").Single();

        Assert.Contains("\"wrapped_sha256\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("abababab", line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("q6urq6ur", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_documents_are_shown_only_when_asked_for()
    {
        await FillAsync();
        var before = Read("records").Count();
        _storage.Time.SetUtcNow(A.InAMonth);

        Assert.Empty(StoreDump.Parts.Except(["meta", "expiry", "errands"]).SelectMany(part => Read(part)));
        Assert.Equal(before, Read("records", new DumpOptions { IncludeExpired = true }).Count());
    }

    [Fact]
    public async Task Nothing_at_all_is_written_for_what_is_duplicate_or_stale()
    {
        await FillAsync();
        var before = ReadAll();

        await _storage.Records.CommitAsync(MicroBatches.Of([A.KnownProfile(A.Ada, epoch: 7, A.Identifier(5)), A.NewProfile(A.Bea, A.Identifier(6))], A.Interaction(8, A.Ada), A.Interaction(1, A.Bea)), Cancellation);
        await _storage.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada, request: 2), IsNewProfile = false, ExpectedEpoch = 7 }, Cancellation);
        await _storage.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada, request: 1), IsNewProfile = false, ExpectedEpoch = 1 }, Cancellation);
        await _storage.Counts.AppendAsync([A.Count(9, value: 11)], Cancellation);
        await _storage.Notices.AddAsync(A.Notice(text: "other"), Cancellation);

        Assert.Equal(before, ReadAll());
    }

    [Fact]
    public async Task After_the_last_sweep_only_the_metadata_is_left()
    {
        await FillAsync();
        _storage.Time.SetUtcNow(A.InAMonth);

        await _storage.Expiry.SweepAsync(1_000, Cancellation);

        Assert.Equal(Read("meta"), ReadAll());
    }

    [Fact]
    public async Task Every_document_but_the_metadata_has_an_alarm_at_or_before_its_end()
    {
        await FillAsync();

        var alarms = Read("expiry").Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()).Order();

        Assert.Equal(
            ["CATALOG_ENTRY", "CATALOG_ENTRY", "CATALOG_ENTRY", "CONFIRMATION", "CONSENT", "CONTACT", "CONTRACT", "CONTROL", "COUNT", "IDENTIFIER", "KEY", "LEASE", "LEGAL_HOLD", "NOTICE", "POLICY", "RECEIPT", "RECORD", "RECORD", "RECORD", "ROLLOUT"],
            alarms);
    }

    [Fact]
    public void Unknown_part_is_refused_with_the_names_there_are()
    {
        var refusal = Assert.Throws<ArgumentException>(() => _storage.Store.Dump.Read("payloads", new DumpOptions()));

        Assert.Contains("records, unique, control", refusal.Message, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        await _storage.Notices.AddAsync(A.Notice(), Cancellation);
        await _storage.Counts.AppendAsync([A.Count(9)], Cancellation);
        await _storage.Catalog.UpsertAsync([A.Product(), A.Store(), A.Campaign()], Cancellation);
        await _storage.Policies.AddAsync(A.PolicyVersion(), Cancellation);
        await _storage.LegalHolds.SaveAsync(A.LegalHold() with { ReleasedAt = A.Noon, ExpireAt = A.InAMonth }, Cancellation);
        await _storage.Rollouts.SaveAsync(A.Rollout(), [], fence: null, Cancellation);
        await _storage.Leases.TakeAsync(BackgroundWork.Review, "one", TimeSpan.FromSeconds(30), Cancellation);
        await CommitAsync(A.NewProfile(A.Ada, A.Identifier(1)) with { NewKeys = A.Keys(RetentionClass.Fiscal), Contact = A.Contact(A.Ada), Reviews = [A.Noon], Contracts = [A.Contract(1, A.Ada)] });
        await _storage.Records.CommitAsync(MicroBatches.Anonymous(A.Sale(2)), Cancellation);
        await _storage.Consents.AppendAsync(new ConsentAppend { Entry = A.Consent(A.Ada), IsNewProfile = false, ExpectedEpoch = 0, Confirmations = [99] }, Cancellation);
    }

    private async Task CommitAsync(Core.Ingestion.ProfileChange change) => await _storage.Records.CommitAsync(
        MicroBatches.Of(change, A.Interaction(1, A.Ada, classes: [RetentionClass.Fiscal, RetentionClass.Order])), Cancellation);

    private IEnumerable<string> Read(string part, DumpOptions? options = null) => _storage.Store.Dump.Read(part, options ?? new DumpOptions());

    private List<string> ReadAll() => [.. StoreDump.Parts.SelectMany(part => Read(part, new DumpOptions { IncludeExpired = true }))];
}
