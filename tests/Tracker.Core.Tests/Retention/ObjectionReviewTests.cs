using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class ObjectionReviewTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync(policy: APolicy.With(APolicy.Assessed("LEGAL_CLAIMS"), APolicy.Assessed("FRAUD_SECURITY")));
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E37")]
    public async Task An_objection_restricts_what_rests_on_an_interest_until_it_is_decided_and_then_deletes_it()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.FraudSecurity] });
        var objection = await ObjectAsync(Purpose.FraudSecurity);
        await _tracker.ReviewAsync(An.Ada);
        var whileOpen = await ClassesAsync();
        var readable = (await _tracker.TimelineAsync(An.Ada, Purpose.FraudSecurity)).Items.Count;

        await AppendAsync(Entry(Purpose.FraudSecurity, ConsentState.ObjectionUpheld) with { RefersTo = objection });
        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(0, readable);
        Assert.Equal([RetentionClass.Order, RetentionClass.Security], whileOpen);
        Assert.Equal([RetentionClass.Order], await ClassesAsync());
    }

    [Theory]
    [InlineData(Purpose.CreditRisk, "purchase.completed")]
    [InlineData(Purpose.CustomerCare, "support.contacted")]
    [Trait("Compliance", "R-075")]
    public async Task An_objection_open_or_upheld_leaves_what_rests_on_a_contract(Purpose purpose, string type)
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.RecordAsync(An.Receipt("contact", An.Ada) with { Type = type, Purposes = [purpose] });
        var objection = await ObjectAsync(purpose);
        await _tracker.ReviewAsync(An.Ada);
        var whileOpen = (await _tracker.TimelineAsync(An.Ada, purpose)).Items.Count;

        await AppendAsync(Entry(purpose, ConsentState.ObjectionUpheld) with { RefersTo = objection });
        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal((1, 1), (whileOpen, (await _tracker.TimelineAsync(An.Ada, purpose)).Items.Count));
        Assert.Equal([LegalBasis.Contract], (await _tracker.RecordsAsync(An.Ada)).SelectMany(record => record.Grants).Where(grant => grant.Purpose == purpose).Select(grant => grant.Basis));
    }

    [Fact]
    [Trait("Compliance", "R-075")]
    public async Task Once_an_objection_is_rejected_what_rests_on_the_interest_may_be_read_and_kept_again()
    {
        var sale = An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.FraudSecurity] };
        await _tracker.RecordAsync(sale);
        var objection = await ObjectAsync(Purpose.FraudSecurity);
        var whileOpen = (await _tracker.TimelineAsync(An.Ada, Purpose.FraudSecurity)).Items.Count;

        _tracker.Time.Advance(TimeSpan.FromDays(1));
        await AppendAsync(Entry(Purpose.FraudSecurity, ConsentState.ObjectionRejected) with { RefersTo = objection });
        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(0, whileOpen);
        Assert.Single((await _tracker.TimelineAsync(An.Ada, Purpose.FraudSecurity)).Items);
        Assert.Empty((await _tracker.RecordAsync(sale with { MessageId = "late" })).Denials);
    }

    [Fact]
    [Trait("Compliance", "E37")]
    public async Task An_objection_to_marketing_deletes_marketing_and_the_profiling_behind_it_at_once()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.DirectMarketing, Purpose.Profiling] });
        await _tracker.RecordAsync(An.Newsletter());
        await ObjectAsync(Purpose.DirectMarketing);

        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.DirectMarketing)).Items);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
        await _tracker.ReviewAsync(An.Ada);
        Assert.Equal([RetentionClass.Order], await ClassesAsync());
        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
    }

    [Fact]
    public async Task An_objection_is_kept_for_as_long_as_somebody_looks_at_it_once_a_year()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        var objection = await ObjectAsync(Purpose.DirectMarketing);
        await _tracker.ReviewAsync(An.Ada);

        for (var year = 1; year <= 12; year++)
        {
            await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(12 * year).AddDays(4 * year));
        }

        var entry = (await LedgerAsync()).Single(entry => entry.Id == objection);
        Assert.True(entry.ExpireAt > TestTracker.Noon.AddYears(20));
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task A_corrected_birth_date_shows_that_a_child_consented_alone_and_all_of_it_goes()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Analytics, An.Ada), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada) with { Purposes = [Purpose.OrderFulfilment, Purpose.Analytics] });
        var account = An.Newsletter("account") with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery] };
        await _tracker.RecordAsync(account with { Content = new() { Contact = new() { Email = "ada@example.com", BirthDate = new(2016, 5, 1) } } });

        await _tracker.AdvanceToAsync(TestTracker.Noon);

        Assert.DoesNotContain(RetentionClass.Profiling, await ClassesAsync());
        var ended = Assert.Single(await LedgerAsync(), entry => entry.State == ConsentState.Invalidated);
        Assert.Equal((EndReason.Minor, TestTracker.Noon), (ended.EndReason, ended.EffectiveAt));
    }

    private async Task<ConsentId> ObjectAsync(Purpose purpose)
    {
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        var entry = Entry(purpose, ConsentState.Objected) with { ExpireAt = _tracker.Time.GetUtcNow().AddYears(10) };
        await AppendAsync(entry);
        return entry.Id;
    }

    private ConsentEntry Entry(Purpose purpose, ConsentState state) => A.Consent(default, 100 + (int)state, _tracker.Time.GetUtcNow().AddYears(5), state, _tracker.Caller.Tenant) with
    {
        Kind = LedgerKind.Objection,
        Purpose = purpose,
        ContactChannels = [],
        EffectiveAt = _tracker.Time.GetUtcNow(),
        RecordedAt = _tracker.Time.GetUtcNow(),
        ValidUntil = null,
        NoticeId = null,
        NoticeVersion = null,
        Evidence = null,
    };

    private async Task AppendAsync(ConsentEntry entry)
    {
        var control = await ControlAsync();
        var append = new ConsentAppend { Entry = entry with { Profile = control.Profile }, IsNewProfile = false, ExpectedEpoch = control.ConsentEpoch };
        Assert.NotNull((await _tracker.Store.Consents.AppendAsync(append, CancellationToken.None)).Entry);
    }

    private async Task<IReadOnlyList<RetentionClass>> ClassesAsync() =>
        [.. (await _tracker.RecordsAsync(An.Ada)).Select(record => record.Class).Where(member => member != RetentionClass.Service).Distinct().Order()];

    private async Task<IReadOnlyList<ConsentEntry>> LedgerAsync()
    {
        var control = await ControlAsync();
        return await _tracker.ReadLedgerAsync(control.Tenant, control.Profile, CancellationToken.None);
    }

    private Task<Control> ControlAsync() => _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
}
