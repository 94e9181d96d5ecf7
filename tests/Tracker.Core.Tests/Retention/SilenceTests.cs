using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

public sealed class SilenceTests : IAsyncLifetime
{
    // The clock runs from the UTC day of the last act, in Rome's calendar.
    private static readonly DateTimeOffset Lapse = new(2028, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private TestTracker _tracker = null!;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), CancellationToken.None);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, An.Ada), CancellationToken.None);
        await _tracker.RecordAsync(An.Newsletter());
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "C2")]
    [Trait("Compliance", "E34")]
    public async Task An_old_consent_that_arrives_after_a_newer_act_has_ended_by_the_silence_in_between(bool consentComesFirst)
    {
        var old = TestTracker.Noon.AddYears(-3);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice("old") with { Id = "old", EffectiveAt = old.AddDays(-1) }, CancellationToken.None);
        var consent = An.Consent(Purpose.DirectMarketing, An.Bob, old, "paper", ContactChannel.Post) with { NoticeId = "old", NoticeVersion = "old" };
        async Task GiveAsync() => await _tracker.Ledger.RecordAsync(_tracker.Caller, consent, CancellationToken.None);
        if (consentComesFirst)
        {
            await GiveAsync();
        }

        await _tracker.RecordAsync(An.Order("order", An.Bob, TestTracker.Noon));
        if (!consentComesFirst)
        {
            await GiveAsync();
        }

        var answer = await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Bob), Purpose.DirectMarketing, ContactChannel.Post, CancellationToken.None);

        Assert.Equal(Reason.ConsentExpired, answer.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Compliance", "C2")]
    public async Task Of_somebody_new_the_silence_between_two_acts_is_the_same_in_one_batch_as_in_two(bool isOneBatch)
    {
        InteractionDraft[] acts = [An.Order("old", An.Bob, TestTracker.Noon.AddYears(-3)), An.Order("new", An.Bob, TestTracker.Noon)];
        foreach (var batch in isOneBatch ? [acts] : acts.Select(act => new[] { act }))
        {
            await _tracker.RecordAsync(batch);
        }

        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Bob), CancellationToken.None);

        Assert.Single(control.Lapses);
    }

    [Fact]
    [Trait("Compliance", "R-162")]
    public async Task After_24_months_of_silence_marketing_data_is_gone_and_the_ledger_says_that_the_consent_expired()
    {
        await _tracker.AdvanceToAsync(Lapse);
        await _tracker.ReviewAsync(An.Ada);

        Assert.Empty(await _tracker.RecordsAsync(An.Ada));
        var ended = Assert.Single(await LedgerAsync(), entry => entry.State == ConsentState.Expired);
        Assert.Equal(Lapse, ended.EffectiveAt);
        Assert.Equal(EndReason.Inactivity, ended.EndReason);
    }

    [Fact]
    [Trait("Compliance", "R-162")]
    [Trait("Compliance", "R-040")]
    public async Task The_proof_of_the_expired_consent_is_kept_five_years_from_its_end()
    {
        await _tracker.AdvanceToAsync(Lapse.AddDays(40));
        await _tracker.ReviewAsync(An.Ada);

        Assert.All(await LedgerAsync(), entry => Assert.Equal(Lapse.AddYears(5), entry.ExpireAt));
        await _tracker.AdvanceToAsync(Lapse.AddYears(5));
        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None));
    }

    [Fact]
    public async Task The_ending_is_told_once()
    {
        await _tracker.AdvanceToAsync(Lapse);
        await _tracker.ReviewAsync(An.Ada);
        await _tracker.ReviewAsync(An.Ada);

        Assert.Single(await LedgerAsync(), entry => entry.State == ConsentState.Expired);
    }

    [Fact]
    [Trait("Compliance", "R-162")]
    public async Task However_many_consents_end_at_once_each_is_told_and_the_profile_is_reviewed()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice("2") with { Scope = An.Notice().Scope with { Recipients = [.. Partners().Select(name => new NoticeRecipient(name, "CONTROLLER", "IT"))] } }, CancellationToken.None);
        foreach (var name in Partners())
        {
            var consent = An.Consent(Purpose.ThirdPartySharing, An.Ada, id: name) with { Recipient = name, NoticeVersion = "2" };
            await _tracker.Ledger.RecordAsync(_tracker.Caller, consent, CancellationToken.None);
        }

        await _tracker.AdvanceToAsync(Lapse);
        await _tracker.ReviewAsync(An.Ada);

        Assert.Empty(await _tracker.RecordsAsync(An.Ada));
        Assert.Equal(31, (await LedgerAsync()).Count(entry => entry.State == ConsentState.Expired));
    }

    [Fact]
    [Trait("Compliance", "E34")]
    public async Task An_act_from_before_the_cap_that_is_uploaded_after_it_revives_nothing()
    {
        _tracker.Time.SetUtcNow(Lapse.AddDays(30));
        var late = An.Receipt("late", An.Ada, Lapse.AddDays(-10)) with { Purposes = [Purpose.OrderFulfilment, Purpose.AccountingTax, Purpose.DirectMarketing] };

        var outcome = await _tracker.RecordAsync(late);
        await _tracker.AdvanceToAsync(Lapse.AddDays(31));

        Assert.Equal([Purpose.DirectMarketing], outcome.Denials.Select(denial => denial.Purpose));
        Assert.Equal([RetentionClass.Fiscal, RetentionClass.Order], (await _tracker.RecordsAsync(An.Ada)).Select(record => record.Class).Order());
        Assert.Equal([Lapse], (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None)).Lapses);
        Assert.Single(await LedgerAsync(), entry => entry.State == ConsentState.Expired);
    }

    [Fact]
    public async Task A_later_act_does_not_revive_what_silence_has_ended()
    {
        _tracker.Time.SetUtcNow(Lapse.AddDays(30));
        await _tracker.RecordAsync(An.Receipt("later", An.Ada, Lapse.AddDays(30)));

        var answer = await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.DirectMarketing, ContactChannel = ContactChannel.Email }, CancellationToken.None);

        Assert.False(answer.IsPermitted);
    }

    [Fact]
    public async Task An_act_of_the_person_moves_the_end_of_the_consent_and_of_the_contact_with_it()
    {
        var act = Lapse.AddDays(-30);
        _tracker.Time.SetUtcNow(act);
        await _tracker.RecordAsync(An.Receipt("purchase", An.Ada, act));

        await _tracker.AdvanceToAsync(Lapse.AddDays(30));
        await _tracker.ReviewAsync(An.Ada);

        Assert.NotNull((await _tracker.ProfileAsync(An.Ada, Purpose.DirectMarketing)).Contact);
        Assert.DoesNotContain(await LedgerAsync(), entry => entry.State == ConsentState.Expired);
        await _tracker.AdvanceToAsync(act.AddMonths(24).AddHours(1));
        await _tracker.ReviewAsync(An.Ada);
        Assert.Single(await LedgerAsync(), entry => entry.State == ConsentState.Expired);
    }

    [Fact]
    [Trait("Compliance", "E31")]
    public async Task Our_own_mails_prolong_nothing()
    {
        for (var month = 1; month < 24; month++)
        {
            _tracker.Time.SetUtcNow(TestTracker.Noon.AddMonths(month));
            await _tracker.RecordAsync(An.Newsletter($"mail-{month}", at: TestTracker.Noon.AddMonths(month)) with { Type = "email.sent", Content = new() });
        }

        await _tracker.AdvanceToAsync(Lapse);
        await _tracker.ReviewAsync(An.Ada);

        Assert.DoesNotContain(await _tracker.RecordsAsync(An.Ada), record => record.Class == RetentionClass.Marketing);
        Assert.Single(await LedgerAsync(), entry => entry.State == ConsentState.Expired);
    }

    private static IEnumerable<string> Partners() => Enumerable.Range(1, 30).Select(number => $"partner-{number}");

    private async Task<IReadOnlyList<ConsentEntry>> LedgerAsync()
    {
        var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, An.Ada), CancellationToken.None);
        return await _tracker.ReadLedgerAsync(control.Tenant, control.Profile, CancellationToken.None);
    }
}
