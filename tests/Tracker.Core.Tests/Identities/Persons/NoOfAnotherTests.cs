using Tracker.Core.Consents;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Persons;

/// <summary>A no of one profile of a person bars the others for as long as there is anything to bar, and in whatever batch it comes.</summary>
public sealed class NoOfAnotherTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    private TestTracker _tracker = null!;
    private ConsentEntry _consent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await _tracker.RecordAsync(An.Receipt("by-mail", An.Ada, TestTracker.Noon.AddDays(-4)), An.Receipt("by-card", Card, TestTracker.Noon.AddDays(-3)));
        _consent = (await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada, TestTracker.Noon.AddDays(-3)), Cancellation)).Entry!;
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task A_refusal_in_a_banner_bars_the_consent_of_another_profile_for_as_long_as_that_stands()
    {
        await RefuseInBannerAsync();
        await MergeAsync();
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(3));

        await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(6).AddDays(1));
        var view = await _tracker.RecordAsync(An.PageView("view", An.Ada, _tracker.Time.GetUtcNow(), Purpose.Profiling));

        Assert.False(await IsPermittedAsync());
        Assert.Equal(Outcome.Denied, view.Outcome);
    }

    [Fact]
    [Trait("Compliance", "E07")]
    [Trait("Compliance", "R-035")]
    public async Task A_withdrawal_by_a_card_bars_the_consent_by_e_mail_also_when_its_own_proof_would_have_ended()
    {
        await MergeAsync();
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Card), Cancellation);

        for (var month = 12; month <= 60; month += 12)
        {
            await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(month));
            await _tracker.RecordAsync(An.Receipt($"receipt-{month}", An.Ada, TestTracker.Noon.AddMonths(month)));
        }

        await _tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(60).AddDays(3));

        Assert.False(await IsPermittedAsync());
    }

    [Fact]
    [Trait("Compliance", "R-040")]
    public async Task Once_the_consent_has_ended_the_no_is_kept_as_long_as_its_proof_and_no_longer()
    {
        await RefuseInBannerAsync();
        await MergeAsync();
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(3));
        var held = await RefusalAsync();

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada, _tracker.Time.GetUtcNow()), Cancellation);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(6));

        var consent = (await LedgerAsync(An.Ada)).Single(entry => entry.Id == _consent.Id);
        Assert.Null(held.ExpireAt);
        Assert.Equal([ConsentHold.Active], held.Holds);
        Assert.NotNull(consent.ExpireAt);
        Assert.Equal(consent.ExpireAt, (await RefusalAsync()).ExpireAt);
    }

    [Fact]
    [Trait("Compliance", "E08")]
    public async Task After_an_unmerge_the_no_ends_as_if_there_had_been_none()
    {
        await RefuseInBannerAsync();
        var alone = (await RefusalAsync()).ExpireAt;
        var merged = await MergeAsync();
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(3));

        await _tracker.Merger.UnmergeAsync(_tracker.Caller, new(new(null, An.Ada), merged.Links[^1].Id, "ticket 8", []), Cancellation);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(6));

        Assert.Equal(alone, (await RefusalAsync()).ExpireAt);
        Assert.Empty((await RefusalAsync()).Holds);
        Assert.True(await IsPermittedAsync());
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task An_age_that_one_states_bars_what_comes_after_it_for_another_in_the_same_micro_batch()
    {
        await MergeAsync();

        var outcomes = await _tracker.RecordAsync(BornOn(TestTracker.Noon.AddYears(-15)), An.PageView("view", An.Ada, TestTracker.Noon, Purpose.Profiling));

        Assert.Equal([Outcome.Accepted, Outcome.Denied], outcomes.Select(outcome => outcome.Outcome));
    }

    [Fact]
    [Trait("Compliance", "E14")]
    [Trait("Compliance", "R-043")]
    public async Task What_a_minor_could_not_give_does_not_come_to_life_at_18_because_another_profile_tells_the_age()
    {
        var birthday = TestTracker.Noon.AddDays(30);
        await _tracker.RecordAsync(BornOn(birthday.AddYears(-18)));
        await MergeAsync();

        await _tracker.AdvanceToAsync(birthday.AddDays(2));
        var late = await _tracker.RecordAsync(An.PageView("late", An.Ada, birthday.AddDays(-3), Purpose.Profiling));

        Assert.False(await IsPermittedAsync());
        Assert.Equal(Outcome.Denied, late.Outcome);
    }

    [Fact]
    [Trait("Compliance", "E15")]
    public async Task That_another_profile_is_of_age_tells_a_source_for_children_nothing()
    {
        await _tracker.RecordAsync(BornOn(TestTracker.Noon.AddYears(-40)));
        await MergeAsync();

        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            _tracker.Ledger.RecordAsync(_tracker.Caller with { IsChildDirected = true }, An.Consent(Purpose.Analytics, An.Ada), Cancellation));

        Assert.Equal(RefusalReason.GuardianRequired, refused.Reason);
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task A_person_gets_no_second_customer_number_by_another_of_the_profiles()
    {
        await _tracker.RecordAsync(An.Receipt("by-number", An.Bob));
        await _tracker.Merger.MergeAsync(_tracker.Caller, Of(An.Ada, An.Bob), Cancellation);
        var other = new Identifier(IdentifierKind.CustomerNumber, "9999");

        await _tracker.RecordAsync(An.Receipt("next") with { Identifiers = [An.Ada, other] });

        Assert.Equal(["next"], (await _tracker.TimelineAsync(other, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId));
    }

    private static MergeDraft Of(Identifier first, Identifier second) => new(new(null, first), new(null, second), "ticket 7", []);

    private static InteractionDraft BornOn(DateTimeOffset day) =>
        An.Newsletter("age", Card) with { Type = "account.opened", Content = new() { Contact = new() { BirthDate = DateOnly.FromDateTime(day.Date) } } };

    private Task<LinkedPerson> MergeAsync() => _tracker.Merger.MergeAsync(_tracker.Caller, Of(An.Ada, Card), Cancellation);

    private Task<ConsentAppended> RefuseInBannerAsync() => _tracker.Ledger.RecordAsync(
        _tracker.Caller,
        An.Consent(Purpose.Profiling, Card, TestTracker.Noon.AddDays(-2), "refusal") with { State = ConsentState.Refused, Evidence = Proof.CmpSignal("refusal", TestTracker.Noon.AddDays(-2)) },
        Cancellation);

    private async Task<IReadOnlyList<ConsentEntry>> LedgerAsync(Identifier by) =>
        await _tracker.ReadLedgerAsync(_tracker.Caller.Tenant, (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, by), Cancellation)).Profile, Cancellation);

    private async Task<ConsentEntry> RefusalAsync() => Assert.Single(await LedgerAsync(Card), entry => entry.State == ConsentState.Refused);

    private async Task<bool> IsPermittedAsync() =>
        (await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, An.Ada), new() { Purpose = Purpose.Profiling }, Cancellation)).IsPermitted;
}
