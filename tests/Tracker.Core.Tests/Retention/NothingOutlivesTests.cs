using System.Text.Json;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>Of the whole store: what names a profile goes with it, and in the end all of it goes.</summary>
public sealed class NothingOutlivesTests : IAsyncLifetime
{
    private static readonly string[] PartsOfPeople = ["identifiers", "keys", "contacts", "contracts", "consents", "confirmations", "records"];

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await _tracker.DisposeAsync();

    [Theory]
    [InlineData("contract")]
    [InlineData("quote")]
    [InlineData("order")]
    public async Task A_number_is_nobody_s_any_more_when_the_last_record_that_names_it_has_gone(string kind)
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt("1", An.Ada) with
        {
            Purposes = [Purpose.Profiling],
            Content = new() { Commerce = new() { OrderId = kind == "order" ? "7" : null, QuoteId = kind == "quote" ? "7" : null, ContractId = kind == "contract" ? "7" : null } },
        });
        var before = Read("contracts").Count;
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), CancellationToken.None);

        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(2));

        Assert.Equal(1, before);
        Assert.Empty(await _tracker.RecordsAsync(An.Ada));
        Assert.Empty(Read("contracts"));
    }

    [Fact]
    [Trait("Compliance", "R-012")]
    public async Task After_thirty_years_of_which_each_day_is_looked_after_nothing_of_a_person_is_left_but_what_is_held()
    {
        await LiveAsync();
        var ada = (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None)).Profile;
        await _tracker.Holds.PlaceAsync(_tracker.Caller, Hold(ada), CancellationToken.None);

        await PassAsync(years: 30);
        var held = await _tracker.Store.Reviews.ListRecordsAsync(_tracker.Caller.Tenant, ada, null, 100, CancellationToken.None);
        var others = Read("records").Where(line => !line.Contains(ada.ToString(), StringComparison.OrdinalIgnoreCase));

        Assert.NotEmpty(held);
        Assert.All(held, record => Assert.Equal(["LITIGATION:1"], record.Holds));
        Assert.Empty(others);
        await _tracker.Holds.ReleaseAsync(_tracker.Caller, "LITIGATION:1", CancellationToken.None);
        await PassAsync(years: 12);
        Assert.All(StoreDump.Parts.Where(part => part is not ("meta" or "policies" or "notices" or "expiry")), part => Assert.Empty(Read(part)));
        Assert.DoesNotContain(Read("expiry"), line => line.Contains(ada.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    private async Task LiveAsync()
    {
        foreach (var purpose in new[] { Purpose.DirectMarketing, Purpose.Profiling, Purpose.Analytics })
        {
            await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(purpose, An.Ada), CancellationToken.None);
        }

        await _tracker.RecordAsync(
            An.Receipt(by: An.Ada),
            An.Order("order-1", An.Bob),
            An.Order("order-1", An.Bob) with { MessageId = "delivery", Type = "order.delivered" },
            An.Newsletter(),
            An.PageView(by: An.Ada, purposes: [Purpose.Profiling, Purpose.Analytics]),
            An.Receipt("nobody") with { Identifiers = [new(IdentifierKind.Receipt, "1")] },
            An.Receipt("claimed") with { Identifiers = [new(IdentifierKind.Receipt, "2")] },
            An.Newsletter("account") with { Type = "account.opened", Content = new() { Contact = new() { BirthDate = new(1980, 1, 1) } } });
        await _tracker.Claims.ClaimAsync(_tracker.Caller, new() { Receipt = new(IdentifierKind.Receipt, "2"), Identifiers = [An.Ada], ClaimedAt = TestTracker.Noon }, CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromMinutes(5));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Analytics, An.Ada), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Online(Purpose.DirectMarketing, An.Bob) with { Identifiers = [An.Bob, new(IdentifierKind.Email, "bob@example.com")] }, CancellationToken.None);
    }

    /// <summary>Month by month, with the background at work, and at each of them nothing names who is not there.</summary>
    private async Task PassAsync(int years)
    {
        for (var month = 0; month < 12 * years; month++)
        {
            await _tracker.AdvanceToAsync(_tracker.Time.GetUtcNow().AddMonths(1));
            await _tracker.AdvanceToAsync(_tracker.Time.GetUtcNow().AddHours(1));
            var living = Read("control").Select(ProfileOf).ToHashSet();
            Assert.All(
                PartsOfPeople.SelectMany(part => Read(part).Select(line => (part, line))),
                found => Assert.True(ProfileOf(found.line) is not { } profile || living.Contains(profile), $"{_tracker.Time.GetUtcNow():O} {found.part} {found.line}"));
        }
    }

    private static string? ProfileOf(string line) =>
        JsonDocument.Parse(line).RootElement.TryGetProperty("profile", out var profile) ? profile.GetString() : null;

    private List<string> Read(string part) => [.. _tracker.Store.Dump.Read(part, new DumpOptions())];

    private static LegalHoldDraft Hold(ProfileId profile) => new()
    {
        Id = "1",
        Kind = HoldKind.Litigation,
        Profiles = [profile],
        Classes = default(RetentionClasses).With(RetentionClass.Fiscal),
        ApprovedBy = "LEGAL-7",
        ReviewAt = TestTracker.Noon.AddMonths(6),
    };
}
