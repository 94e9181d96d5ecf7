using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class ContactExpiryTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Acts_of_the_sender_alone_do_not_prolong_a_contact()
    {
        await _tracker.RecordAsync(An.Order(by: An.Ada));
        await _tracker.RecordAsync(CallToAda("call-1"));
        var before = await ReadContactAsync();

        _tracker.Time.Advance(TimeSpan.FromDays(300));
        await _tracker.RecordAsync(CallToAda("call-2"));

        Assert.Equal(before.ExpireAt, (await ReadContactAsync()).ExpireAt);
    }

    [Fact]
    public async Task A_contact_outlives_the_withdrawal_of_one_medium_of_two()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        var consent = An.Consent(Purpose.DirectMarketing, An.Ada, channels: [ContactChannel.Email, ContactChannel.Sms]);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, consent, CancellationToken.None);
        await _tracker.RecordAsync(An.Newsletter());
        _tracker.Time.Advance(TimeSpan.FromDays(1));
        var withdrawal = An.Withdrawal(Purpose.DirectMarketing, An.Ada) with { ContactChannels = [ContactChannel.Email] };
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, withdrawal, CancellationToken.None);

        await _tracker.RecordAsync(An.Receipt("later", An.Ada, _tracker.Time.GetUtcNow()));

        Assert.NotNull((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
    }

    [Fact]
    public async Task A_purpose_that_the_stage_no_longer_admits_is_not_prolonged()
    {
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.RecordAsync(An.Newsletter() with { Type = "login.succeeded" });
        var asCustomer = await ReadContactAsync();
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(24).AddDays(-1));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddMonths(24).AddDays(-1)), CancellationToken.None);
        await _tracker.RecordAsync(An.PageView("last-as-customer", An.Ada, _tracker.Time.GetUtcNow(), Purpose.Profiling));
        var slid = await ReadContactAsync();

        _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(30));
        await _tracker.RecordAsync(An.PageView("as-former", An.Ada, _tracker.Time.GetUtcNow(), Purpose.Profiling));

        Assert.True(slid.ExpireAt > asCustomer.ExpireAt);
        Assert.Equal(slid.ExpireAt, (await ReadContactAsync()).ExpireAt);
    }

    private InteractionDraft CallToAda(string id) =>
        An.Newsletter(id, at: _tracker.Time.GetUtcNow()) with
        {
            Type = "call.made",
            Purposes = [Purpose.ServiceDelivery],
            Content = An.Newsletter().Content with { Commerce = new() { OrderId = "order-1" } },
        };

    private async Task<ContactDocument> ReadContactAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        return (await _tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None))!;
    }
}
