using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Security;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles;

public sealed class ContactPurposeTests : IAsyncLifetime
{
    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.RecordAsync(An.Receipt(by: An.Ada));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "R-007")]
    public async Task What_was_given_for_service_is_not_read_for_marketing()
    {
        await GiveForServiceAsync("account", new() { Phone = "+39061234567" });
        await GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = "ada@example.com" } });

        var marketing = await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing);
        var service = await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery);

        Assert.Equal(new ContactDetails { Email = "ada@example.com" }, marketing.Contact);
        Assert.Equal(new ContactDetails { Phone = "+39061234567" }, service.Contact);
    }

    [Fact]
    public async Task What_was_given_for_both_is_read_for_both()
    {
        await GiveForServiceAsync("account", new() { Email = "ada@example.com" });
        await GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = "ada@example.com" } });

        Assert.Equal("ada@example.com", (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email);
        Assert.Equal("ada@example.com", (await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Email);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Compliance", "R-007")]
    public async Task Another_address_that_was_given_for_service_alone_is_not_read_for_marketing_whichever_comes_first(bool isReversed)
    {
        var calls = new List<Func<Task>>
        {
            () => GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = "ada@example.com" } }),
            () => GiveForServiceAsync("account", new() { Email = "private@example.com" }, TestTracker.Noon.AddMinutes(1)),
        };
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var call in isReversed ? Enumerable.Reverse(calls) : calls)
        {
            await call();
        }

        Assert.Null((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email);
        Assert.Equal("private@example.com", (await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Email);
    }

    [Fact]
    public async Task The_next_write_drops_what_only_a_withdrawn_consent_had_kept()
    {
        await GiveForMarketingAsync("newsletter", new() { Preferences = new() { Education = "PhD" } });
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);

        await GiveForServiceAsync("account", new() { Phone = "+39061234567" });

        var stored = await ReadAsync();
        Assert.Null(stored.Content.Preferences);
        Assert.Equal(["contact.phone"], stored.SeenAt.Keys);
    }

    [Fact]
    [Trait("Compliance", "E05")]
    public async Task A_new_consent_does_not_bring_back_what_only_the_withdrawn_one_had_kept()
    {
        await GiveForMarketingAsync("newsletter", new() { Preferences = new() { Education = "PhD" } });
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        var again = _tracker.Time.GetUtcNow();
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, again, "again"), CancellationToken.None);

        await _tracker.RecordAsync(An.Newsletter("second", at: again) with { Content = new() { Contact = new() { Email = "ada@example.com" } } });

        var stored = await ReadAsync();
        Assert.Null(stored.Content.Preferences);
        Assert.Equal(["contact.email"], stored.SeenAt.Keys);
    }

    [Fact]
    [Trait("Compliance", "R-036")]
    public async Task Two_consents_to_one_purpose_keep_the_contact_while_one_of_them_stands()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, id: "sms", channels: ContactChannel.Sms), CancellationToken.None);
        await GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = "ada@example.com" } });
        await _tracker.RecordAsync(An.Newsletter("text") with { ContactChannel = ContactChannel.Sms, Content = new() { Contact = new() { Phone = "+39061234567" } } });
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada) with { ContactChannels = [ContactChannel.Sms] }, CancellationToken.None);

        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal("ada@example.com", (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email);
    }

    private Task<InteractionOutcome> GiveForServiceAsync(string id, ContactDetails contact, DateTimeOffset? at = null) =>
        _tracker.RecordAsync(An.Newsletter(id, at: at) with { Type = "account.opened", Content = new() { Contact = contact } });

    private Task<InteractionOutcome> GiveForMarketingAsync(string id, InteractionContent content) =>
        _tracker.RecordAsync(An.Newsletter(id) with { Content = content });

    private async Task<ContactContent> ReadAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller.Tenant, new(null, An.Ada), CancellationToken.None);
        var contact = await _tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None);
        return (await _tracker.Opener.OpenAsync(contact!, CancellationToken.None))!;
    }
}
