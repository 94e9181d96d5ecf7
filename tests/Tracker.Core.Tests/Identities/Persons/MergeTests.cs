using Tracker.Core.Consents;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Persons;

/// <summary>Ada by her e-mail address, and by a loyalty card that turns out to be hers.</summary>
public sealed class MergeTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
    }

    public async ValueTask DisposeAsync() => await _tracker.DisposeAsync();

    [Fact]
    public async Task Reads_answer_for_both_as_one_person()
    {
        await BuyAsync();

        var merged = await MergeAsync();

        var (byMail, byCard) = (await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment), await _tracker.ProfileAsync(Card, Purpose.OrderFulfilment));
        Assert.Equal(merged.Profiles[0], byMail.Id);
        Assert.Equal(merged.Profiles[0], byCard.Id);
        Assert.Equal(merged.Profiles, byCard.Members);
        Assert.Equal([IdentifierKind.LoyaltyCard, IdentifierKind.Email], byMail.IdentifierKinds);
        Assert.Equal(["by-card", "by-mail"], (await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId));
        Assert.Equal(["by-card", "by-mail"], (await _tracker.TimelineAsync(Card, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId));
    }

    [Fact]
    public async Task Pages_of_a_person_hold_every_interaction_once_newest_first()
    {
        for (var i = 0; i < 9; i++)
        {
            await _tracker.RecordAsync(An.Receipt($"{i}", i % 3 == 0 ? An.Ada : Card, TestTracker.Noon.AddMinutes(-(i / 2))));
        }

        await MergeAsync();

        List<string> read = [];
        var token = "";
        do
        {
            var page = await _tracker.Profiles.ListAsync(_tracker.Caller, new() { Profile = new(null, Card), Purpose = Purpose.OrderFulfilment, PageSize = 2, PageToken = token }, Cancellation);
            read.AddRange(page.Items.Select(item => item.MessageId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(9, read.Distinct().Count());
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8"], read.Order(StringComparer.Ordinal));
        Assert.Equal(read.Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) / 2), read.Select(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) / 2).Order());
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task Withdrawal_by_one_ends_the_older_consent_of_the_other_at_once_and_what_rests_on_it_is_deleted()
    {
        await BuyAsync();
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-2));
        await GiveAsync(Card, TestTracker.Noon.AddDays(-2));
        Assert.Equal(Outcome.Accepted, (await ViewAsync(An.Ada, "before")).Outcome);
        await MergeAsync();

        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Card), Cancellation);

        Assert.Equal(Reason.ConsentWithdrawn, (await CheckAsync(An.Ada)).Reason);
        Assert.Equal(Outcome.Denied, (await ViewAsync(An.Ada, "after")).Outcome);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(2));
        Assert.DoesNotContain(await _tracker.RecordsAsync(An.Ada), record => record.Class == RetentionClass.Profiling);
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task Older_no_of_one_counts_for_the_other_from_the_merge_on_and_a_newer_yes_stands()
    {
        await BuyAsync();
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-3));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Card, TestTracker.Noon.AddDays(-2)), Cancellation);
        Assert.True((await CheckAsync(An.Ada)).IsPermitted);

        await MergeAsync();

        Assert.False((await CheckAsync(An.Ada)).IsPermitted);
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-1), "anew");
        Assert.True((await CheckAsync(An.Ada)).IsPermitted);
        Assert.False((await CheckAsync(Card)).IsPermitted);
    }

    [Fact]
    [Trait("Compliance", "E07")]
    public async Task Consent_of_one_permits_nothing_for_the_other()
    {
        await BuyAsync();
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-1));

        await MergeAsync();

        Assert.True((await CheckAsync(An.Ada)).IsPermitted);
        Assert.False((await CheckAsync(Card)).IsPermitted);
        Assert.Equal(Outcome.Denied, (await ViewAsync(Card, "view")).Outcome);
    }

    [Fact]
    [Trait("Compliance", "E09")]
    public async Task Merge_is_no_act_of_the_person_and_moves_no_end()
    {
        await BuyAsync();
        var (mail, card) = (await ControlAsync(An.Ada), await ControlAsync(Card));
        _tracker.Time.Advance(TimeSpan.FromDays(30));

        await MergeAsync();
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddDays(31));

        Assert.Equal((mail.LastInteractionAt, mail.ExpireAt), (await ControlAsync(An.Ada)) is var a ? (a.LastInteractionAt, a.ExpireAt) : default);
        Assert.Equal((card.LastInteractionAt, card.ExpireAt), (await ControlAsync(Card)) is var b ? (b.LastInteractionAt, b.ExpireAt) : default);
    }

    [Fact]
    public async Task Restriction_of_one_restricts_the_other()
    {
        await BuyAsync();
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-1));
        await MergeAsync();
        var card = await ControlAsync(Card);

        await _tracker.Store.Reviews.ChangeHoldsAsync(card.Tenant, card.Profile, card.DecisionEpoch, [], isRestricted: true, [], Cancellation);

        Assert.Equal(Reason.Restricted, (await _tracker.RecordAsync(An.Receipt("next", An.Ada))).Denials[0].Reason);
        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.OrderFulfilment)).Items);
    }

    [Fact]
    [Trait("Compliance", "R-045")]
    public async Task Minority_of_one_bars_the_profile_of_the_other()
    {
        await BuyAsync();
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-1));
        await _tracker.RecordAsync(An.Newsletter("age", Card) with
        {
            Type = "account.opened",
            Content = new() { Contact = new() { BirthDate = DateOnly.FromDateTime(TestTracker.Noon.AddYears(-15).Date) } },
        });

        await MergeAsync();

        Assert.Equal(Outcome.Denied, (await ViewAsync(An.Ada, "view")).Outcome);
    }

    [Fact]
    [Trait("Compliance", "E14")]
    public async Task Profile_of_one_is_deleted_where_the_other_turns_out_to_be_a_minor()
    {
        await BuyAsync();
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-1));
        Assert.Equal(Outcome.Accepted, (await ViewAsync(An.Ada, "view")).Outcome);
        await MergeAsync();

        await _tracker.RecordAsync(An.Newsletter("age", Card) with
        {
            Type = "account.opened",
            Content = new() { Contact = new() { BirthDate = DateOnly.FromDateTime(TestTracker.Noon.AddYears(-15).Date) } },
        });

        Assert.Empty((await _tracker.TimelineAsync(An.Ada, Purpose.Profiling)).Items);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddHours(2));
        Assert.DoesNotContain(await _tracker.RecordsAsync(An.Ada), record => record.Class == RetentionClass.Profiling);
    }

    [Fact]
    public async Task What_the_other_said_no_to_is_not_asked_again()
    {
        await BuyAsync();
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Card, TestTracker.Noon.AddDays(-2)), Cancellation);
        Assert.True((await PromptAsync(An.Ada)).MayAsk);

        await MergeAsync();

        Assert.Equal(PromptReason.Withdrawn, (await PromptAsync(An.Ada)).Reason);
    }

    [Fact]
    public async Task Preview_names_every_consent_that_would_end_and_writes_nothing()
    {
        await BuyAsync();
        await GiveAsync(An.Ada, TestTracker.Noon.AddDays(-3));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Card, TestTracker.Noon.AddDays(-2)), Cancellation);
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Analytics, Card, TestTracker.Noon.AddDays(-2), "withdrawal-2"), Cancellation);

        var preview = await _tracker.Previewer.PreviewAsync(_tracker.Caller, Of(An.Ada, Card), Purpose.CustomerCare, Cancellation);

        var (mail, card) = (await ControlAsync(An.Ada), await ControlAsync(Card));
        Assert.Equal(new[] { mail.Profile, card.Profile }.Order(), preview.Profiles);
        Assert.Empty(preview.Bars);
        Assert.All(preview.Consequences, consequence => Assert.Equal((mail.Profile, card.Profile, ConsentState.Withdrawn), (consequence.Profile, consequence.Other, consequence.No!.State)));
        Assert.Equal([(Purpose.Profiling, true), (Purpose.Analytics, false)], preview.Consequences.Select(consequence => (consequence.Purpose, consequence.Ended is not null)));
        Assert.Empty(mail.Links);
        Assert.True((await CheckAsync(An.Ada)).IsPermitted);
    }

    private static MergeDraft Of(Identifier first, Identifier second) => new(new(null, first), new(null, second), "ticket 7", []);

    private Task<LinkedPerson> MergeAsync() => _tracker.Merger.MergeAsync(_tracker.Caller, Of(An.Ada, Card), Cancellation);

    private async Task BuyAsync() => Assert.All(
        await _tracker.RecordAsync(An.Receipt("by-mail", An.Ada, TestTracker.Noon.AddDays(-4)), An.Receipt("by-card", Card, TestTracker.Noon.AddDays(-3))),
        outcome => Assert.NotEqual(Outcome.Denied, outcome.Outcome));

    private Task<ConsentAppended> GiveAsync(Identifier by, DateTimeOffset at, string? id = null) => _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, by, at, id), Cancellation);

    private Task<InteractionOutcome> ViewAsync(Identifier by, string id) => _tracker.RecordAsync(An.PageView(id, by, TestTracker.Noon, Purpose.Profiling));

    private Task<PermissionAnswer> CheckAsync(Identifier by) =>
        _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, by), new() { Purpose = Purpose.Profiling }, Cancellation);

    private Task<PromptAnswer> PromptAsync(Identifier by) => _tracker.Prompts.CheckAsync(_tracker.Caller, new(null, by), Purpose.Profiling, ContactChannel.Unspecified, Cancellation);

    private async Task<Control> ControlAsync(Identifier by) => (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, by), Cancellation))!;
}
