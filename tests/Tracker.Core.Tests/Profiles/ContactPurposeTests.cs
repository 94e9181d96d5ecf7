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
    [Trait("Compliance", "R-037")]
    public async Task Each_purpose_reads_the_address_that_was_given_for_it_whichever_comes_first(bool isReversed)
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

        Assert.Equal("ada@example.com", (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email);
        Assert.Equal("private@example.com", (await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Email);
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task What_marketing_was_told_takes_nothing_from_the_service_and_goes_with_its_consent()
    {
        await GiveForServiceAsync("account", new() { Email = "private@example.com", GivenName = "Ada" });
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.RecordAsync(An.Newsletter("newsletter", at: TestTracker.Noon.AddMinutes(1)) with { Content = new() { Contact = new() { Email = "ada@example.com", GivenName = "Bogus" } } });
        var between = (await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact;
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(new ContactDetails { Email = "private@example.com", GivenName = "Ada" }, between);
        Assert.Equal(between, (await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact);
        Assert.DoesNotContain("Bogus", System.Text.Encoding.UTF8.GetString(SealedJson.Write(await ReadAsync())), StringComparison.Ordinal);
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

    [Fact]
    [Trait("Compliance", "R-032")]
    public async Task An_address_that_the_consent_was_not_given_for_is_withheld_from_marketing()
    {
        var outcome = await GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = "other@example.com", GivenName = "Ada" } });

        Assert.Equal(Outcome.AcceptedStripped, outcome.Outcome);
        Assert.Equal(["content.contact.email"], outcome.StrippedFields);
        Assert.Equal(new ContactDetails { GivenName = "Ada" }, (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
    }

    [Fact]
    public async Task The_confirmed_address_is_kept_however_it_is_written()
    {
        await GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = " Ada@Example.COM" } });

        Assert.Equal(" Ada@Example.COM", (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact?.Email);
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task The_number_goes_with_the_consent_to_text_messages_while_that_to_mail_stands()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, id: "sms", channels: ContactChannel.Sms), CancellationToken.None);
        await GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = "ada@example.com" } });
        await _tracker.RecordAsync(An.Newsletter("text") with { ContactChannel = ContactChannel.Sms, Content = new() { Contact = new() { Phone = "+39061234567" } } });
        var before = (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact;
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, An.Ada) with { ContactChannels = [ContactChannel.Sms] }, CancellationToken.None);
        var atOnce = (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact;

        await _tracker.ReviewAsync(An.Ada);

        Assert.Equal(new ContactDetails { Email = "ada@example.com", Phone = "+39061234567" }, before);
        Assert.Equal(new ContactDetails { Email = "ada@example.com" }, atOnce);
        Assert.Equal(["contact.email"], (await ReadAsync()).SeenAt.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "R-037")]
    public async Task What_was_said_on_one_consent_goes_with_it_though_another_to_the_same_purpose_stands(bool isVoid)
    {
        await GiveForMarketingAsync("newsletter", new() { Contact = new() { Email = "ada@example.com" } });
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        var now = _tracker.Time.GetUtcNow();
        var other = new Identifier(IdentifierKind.Email, "other@example.com");
        var second = await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, now, "second") with { Identifiers = [An.Bob, other] }, CancellationToken.None);
        var linked = await _tracker.RecordAsync(An.Newsletter("second", at: now) with { Identifiers = [An.Bob, other], Content = new() { Contact = new() { Email = other.Value, GivenName = "Bogus" } } });
        var before = (await _tracker.ProfileAsync(other, Purpose.DirectMarketing)).Contact;
        Assert.Equal((Outcome.Accepted, new ContactDetails { Email = other.Value, GivenName = "Bogus" }), (linked.Outcome, before));
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        if (isVoid)
        {
            await _tracker.Closing.CloseAsync(_tracker.Caller, An.Invalidation(second.Entry!.Id) with { Profile = new(null, other) }, CancellationToken.None);
        }
        else
        {
            await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, other) with { Purpose = default, Consent = second.Entry!.Id }, CancellationToken.None);
        }

        var after = (await _tracker.ProfileAsync(other, Purpose.DirectMarketing)).Contact;

        Assert.DoesNotContain("Bogus", $"{after}", StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Compliance", "R-037")]
    public async Task An_address_goes_with_the_consent_that_named_it_whatever_else_carried_the_act_that_stated_it()
    {
        var now = _tracker.Time.GetUtcNow();
        var unsound = await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, now, "unsound") with { Identifiers = [An.Bob, new(IdentifierKind.Email, "a@example.com")] }, CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada, now, "sound") with { Identifiers = [An.Bob, new(IdentifierKind.Email, "b@example.com")] }, CancellationToken.None);
        await _tracker.RecordAsync(An.Newsletter("card", An.Bob, now) with { Content = new() { Contact = new() { Email = "a@example.com" } } });
        var before = (await _tracker.ProfileAsync(An.Bob, Purpose.DirectMarketing)).Contact?.Email;

        await _tracker.Closing.CloseAsync(_tracker.Caller, An.Invalidation(unsound.Entry!.Id) with { Profile = new(null, An.Bob) }, CancellationToken.None);

        Assert.Equal(("a@example.com", null), (before, (await _tracker.ProfileAsync(An.Bob, Purpose.DirectMarketing)).Contact?.Email));
    }

    [Fact]
    [Trait("Compliance", "R-009")]
    public async Task A_consent_to_mail_brings_no_postal_address_into_marketing()
    {
        var outcome = await GiveForMarketingAsync("newsletter", new() { Contact = new() { GivenName = "Ada", PostalAddress = new() { Region = "IT", Locality = "Milano" } } });

        Assert.Equal((Outcome.AcceptedStripped, "content.contact.postal_address"), (outcome.Outcome, Assert.Single(outcome.StrippedFields)));
        Assert.Equal(new ContactDetails { GivenName = "Ada" }, (await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
    }

    [Fact]
    public async Task A_medium_that_a_consent_to_the_service_names_narrows_nothing()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.ServiceDelivery, An.Bob, channels: ContactChannel.Email), CancellationToken.None);
        await _tracker.RecordAsync(An.Newsletter("preference", An.Bob) with { Type = "preference.changed", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = new() { Phone = "+39061234567" } } });

        Assert.Equal("+39061234567", (await _tracker.ProfileAsync(An.Bob, Purpose.ServiceDelivery)).Contact?.Phone);
    }

    [Fact]
    public async Task What_is_withheld_from_marketing_is_told_also_where_the_service_keeps_it()
    {
        var outcome = await _tracker.RecordAsync(An.Newsletter("account") with
        {
            Type = "account.opened",
            Purposes = [Purpose.ServiceDelivery, Purpose.DirectMarketing],
            Content = new() { Contact = new() { Email = "other@example.com" } },
        });

        Assert.Equal((Outcome.AcceptedStripped, "content.contact.email"), (outcome.Outcome, Assert.Single(outcome.StrippedFields)));
        Assert.Equal("other@example.com", (await _tracker.ProfileAsync(An.Ada, Purpose.ServiceDelivery)).Contact?.Email);
    }

    private Task<InteractionOutcome> GiveForServiceAsync(string id, ContactDetails contact, DateTimeOffset? at = null) =>
        _tracker.RecordAsync(An.Newsletter(id, at: at) with { Type = "account.opened", Content = new() { Contact = contact } });

    private Task<InteractionOutcome> GiveForMarketingAsync(string id, InteractionContent content) =>
        _tracker.RecordAsync(An.Newsletter(id) with { Content = content });

    private async Task<ContactContent> ReadAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        var contact = await _tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None);
        return (await _tracker.Opener.OpenAsync(contact!, CancellationToken.None))!;
    }
}
