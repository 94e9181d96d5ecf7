using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>The worked example of the compliance model (3.4): one order, all consents, and no further act.</summary>
public sealed class TenYearsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Booked = At("2026-03-10T10:00:00+01:00");
    private static readonly DateTimeOffset Delivered = At("2026-03-15T11:00:00+01:00");

    private TestTracker _tracker = null!;
    private ProfileId _ada;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(Booked.AddHours(-1), policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS")));
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice() with { EffectiveAt = Booked.AddYears(-1) }, CancellationToken.None);
        foreach (var purpose in new[] { Purpose.DirectMarketing, Purpose.Profiling, Purpose.Analytics })
        {
            await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(purpose, An.Ada, Booked.AddHours(-1)), CancellationToken.None);
        }

        _tracker.Time.SetUtcNow(Booked);
        await _tracker.RecordAsync(Order(), An.Newsletter(at: Booked));
        _ada = (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None)).Profile;
        _tracker.Time.SetUtcNow(Delivered);
        await _tracker.RecordAsync(Order() with { MessageId = "delivery-1", Type = "order.delivered", OccurredAt = Delivered, Purposes = [Purpose.OrderFulfilment] });
        await _tracker.AdvanceToAsync(Delivered.AddHours(1));
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-161")]
    [Trait("Compliance", "R-162")]
    [Trait("Compliance", "R-040")]
    public async Task Ten_years_of_one_customer_shrink_to_nothing_each_part_on_its_day()
    {
        await ShowFirstYearAsync();
        await ShowMarketingAsync();
        await ShowWarrantyAsync();
        await ShowEvidenceAsync();
        await ShowFiscalAsync();
        await ShowNothingAsync();
    }

    [Fact]
    [Trait("Compliance", "E46")]
    [Trait("Compliance", "R-012")]
    public async Task Every_part_is_invisible_from_its_day_on_while_nothing_is_swept_or_reviewed()
    {
        _tracker.Time.SetUtcNow(Booked.AddMonths(12));
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);

        _tracker.Time.SetUtcNow(At("2028-03-10T00:00:00Z"));
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);

        _tracker.Time.SetUtcNow(At("2028-05-15T11:00:00+02:00"));
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items);
    }

    private async Task ShowFirstYearAsync()
    {
        await _tracker.AdvanceToAsync(Booked.AddMonths(12).AddMilliseconds(-1));
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);

        await _tracker.AdvanceToAsync(At("2027-03-10T10:00:00+01:00"));
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
        Assert.DoesNotContain(RetentionClass.Profiling, await ClassesAsync());
        Assert.Contains(RetentionClass.Fiscal, await ClassesAsync());
    }

    private async Task ShowMarketingAsync()
    {
        await _tracker.AdvanceToAsync(At("2028-03-09T23:59:59Z"));
        Assert.NotNull((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);

        await _tracker.AdvanceToAsync(At("2028-03-10T01:00:00Z"));
        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order, RetentionClass.Claims], await ClassesAsync());
        Assert.Equal(3, (await LedgerAsync()).Count(entry => entry.State == ConsentState.Expired && entry.EffectiveAt == At("2028-03-10T00:00:00Z")));
    }

    private async Task ShowWarrantyAsync()
    {
        await _tracker.AdvanceToAsync(At("2028-05-15T10:59:59+02:00"));
        Assert.Contains(RetentionClass.Order, await ClassesAsync());

        await _tracker.AdvanceToAsync(At("2028-05-15T11:00:00+02:00"));
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Claims], await ClassesAsync());
        var opened = await _tracker.Opener.OpenAsync(await _tracker.RecordsAsync(An.Ada), CancellationToken.None);
        Assert.All(opened, content => Assert.Null(content!.Content.Contact));
    }

    private async Task ShowEvidenceAsync()
    {
        await _tracker.AdvanceToAsync(At("2033-03-09T23:59:59Z"));
        Assert.NotEmpty(await LedgerAsync());

        await _tracker.AdvanceToAsync(At("2033-03-10T00:00:00Z"));
        Assert.Empty(await LedgerAsync());
    }

    private async Task ShowFiscalAsync()
    {
        await _tracker.AdvanceToAsync(At("2036-03-10T22:59:59Z"));
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.AccountingTax)).Items);

        await _tracker.AdvanceToAsync(At("2036-03-10T23:00:00Z"));
        Assert.Equal([RetentionClass.Claims], await ClassesAsync());
    }

    private async Task ShowNothingAsync()
    {
        await _tracker.AdvanceToAsync(At("2036-03-15T11:00:00+01:00"));
        await _tracker.AdvanceToAsync(At("2036-03-15T13:00:00+01:00"));

        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(_ada, null), CancellationToken.None));
        var left = StoreDump.Parts.SelectMany(part => _tracker.Store.Dump.Read(part, new DumpOptions()).Select(line => $"{part} {line}"));
        Assert.All(left, line => Assert.Matches("^(default|meta|notices|notice_uses|policies|rollouts|expiry) ", line));
        Assert.All(left, line => Assert.DoesNotContain(_ada.ToString(), line, StringComparison.OrdinalIgnoreCase));
    }

    private static Core.Ingestion.InteractionDraft Order()
    {
        var order = An.Order(by: An.Ada, at: Booked);
        return order with
        {
            Purposes = [Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.LegalClaims, Purpose.DirectMarketing, Purpose.Profiling, Purpose.Analytics],
            Content = order.Content with
            {
                Contact = new() { GivenName = "Ada", Phone = "+390612345678", DeliveryNote = "ring twice" },
                Preferences = new() { Styles = ["casual"] },
                Online = new() { PageUrl = "https://shop.example/shirts" },
                Fiscal = new() { DocumentNumber = "2026/17", BillingName = "Ada" },
            },
        };
    }

    private async Task<IReadOnlyList<RetentionClass>> ClassesAsync()
    {
        var records = await _tracker.Store.Reviews.ListRecordsAsync(_tracker.Caller.Tenant, _ada, null, 100, CancellationToken.None);
        return [.. records.Select(record => record.Class).Distinct().Order()];
    }

    private Task<IReadOnlyList<ConsentEntry>> LedgerAsync() => _tracker.ReadLedgerAsync(_tracker.Caller.Tenant, _ada, CancellationToken.None);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
}
