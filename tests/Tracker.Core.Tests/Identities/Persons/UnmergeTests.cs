using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Persons;

public sealed class UnmergeTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");
    private static readonly Identifier Phone = new(IdentifierKind.Phone, "+39 333 1234567");

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await _tracker.RecordAsync(An.Receipt("by-mail", An.Ada), An.Receipt("by-card", Card), An.Receipt("by-phone", Phone));
    }

    public async ValueTask DisposeAsync() => await _tracker.DisposeAsync();

    [Fact]
    [Trait("Compliance", "E08")]
    public async Task Each_has_its_own_again_also_what_arrived_in_between()
    {
        var merged = await MergeAsync(An.Ada, Card);
        await _tracker.RecordAsync(An.Receipt("in-between", Card, TestTracker.Noon.AddMinutes(-1)));

        var left = await UnmergeAsync(An.Ada, merged.Links[0].Id);

        Assert.Equal([(await ControlAsync(An.Ada)).Profile], left.Profiles);
        Assert.Equal(["by-mail"], await ReadAsync(An.Ada));
        Assert.Equal(["by-card", "in-between"], await ReadAsync(Card));
        Assert.Equal([IdentifierKind.Email], (await _tracker.ProfileAsync(An.Ada, Purpose.OrderFulfilment)).IdentifierKinds);
    }

    [Fact]
    [Trait("Compliance", "E08")]
    public async Task Consent_that_the_no_of_the_other_had_ended_stands_again()
    {
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, An.Ada), Cancellation);
        var merged = await MergeAsync(An.Ada, Card);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Card), Cancellation);
        await _tracker.AdvanceToAsync(TestTracker.Noon.AddDays(1));
        Assert.False(await MayProfileAsync(An.Ada));

        await UnmergeAsync(Card, merged.Links[0].Id);

        Assert.True(await MayProfileAsync(An.Ada));
        Assert.False(await MayProfileAsync(Card));
    }

    [Fact]
    public async Task In_a_chain_the_others_stay_one()
    {
        await MergeAsync(An.Ada, Card);
        var merged = await MergeAsync(Card, Phone);

        var left = await UnmergeAsync(Phone, merged.Links[0].Id);

        Assert.Equal(2, left.Profiles.Count);
        Assert.Equal(["by-mail"], await ReadAsync(An.Ada));
        Assert.Equal(["by-card", "by-phone"], (await ReadAsync(Phone)).Order());
    }

    [Fact]
    public async Task In_a_circle_all_stay_one_and_the_last_link_parts_them()
    {
        await MergeAsync(An.Ada, Card);
        await MergeAsync(Card, Phone);
        var merged = await MergeAsync(Phone, An.Ada);

        var left = await UnmergeAsync(Phone, merged.Links[0].Id);
        Assert.Equal(3, left.Profiles.Count);

        await UnmergeAsync(Phone, merged.Links[1].Id);
        Assert.Equal(["by-card"], await ReadAsync(Card));
        Assert.Equal(["by-mail", "by-phone"], (await ReadAsync(Phone)).Order());
    }

    [Fact]
    public async Task Log_keeps_who_did_what_and_why_on_both_sides()
    {
        var merged = await MergeAsync(An.Ada, Card);
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await UnmergeAsync(An.Ada, merged.Links[0].Id);

        var log = await _tracker.Persons.ListLinksAsync(_tracker.Caller, new(null, Card), Purpose.RightsHandling, Cancellation);

        Assert.Single(log.Profiles);
        Assert.Equal([("ticket 7", (LinkId?)null, TestTracker.Noon), ("ticket 8", log.Links[0].Id, TestTracker.Noon.AddMinutes(1))], log.Links.Select(link => (link.CaseReference, link.Undoes, link.LinkedAt)));
        Assert.All(log.Links, link => Assert.Equal(_tracker.Caller.Source, link.Source));
        Assert.Equal(log.Links, (await _tracker.Persons.ListLinksAsync(_tracker.Caller, new(null, An.Ada), Purpose.RightsHandling, Cancellation)).Links);
    }

    [Fact]
    public async Task Merged_again_they_are_one_by_a_link_of_its_own()
    {
        var first = await MergeAsync(An.Ada, Card);
        await UnmergeAsync(An.Ada, first.Links[0].Id);

        var again = await MergeAsync(An.Ada, Card);

        Assert.Equal(3, again.Links.Count);
        Assert.Equal(2, again.Profiles.Count);
    }

    [Fact]
    public async Task Link_that_was_taken_back_is_taken_back_once()
    {
        var merged = await MergeAsync(An.Ada, Card);
        await UnmergeAsync(An.Ada, merged.Links[0].Id);

        var again = await UnmergeAsync(Card, merged.Links[0].Id);

        Assert.True(again.IsRepeat);
        Assert.Equal(2, again.Links.Count);
    }

    [Fact]
    public async Task Link_of_others_is_not_found_nor_one_that_takes_back()
    {
        var merged = await MergeAsync(An.Ada, Card);

        await Assert.ThrowsAsync<RefusalException>(() => UnmergeAsync(Phone, merged.Links[0].Id));
        await UnmergeAsync(An.Ada, merged.Links[0].Id);
        var undoing = (await _tracker.Persons.ListLinksAsync(_tracker.Caller, new(null, Card), Purpose.RightsHandling, Cancellation)).Links[1];
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => UnmergeAsync(Card, undoing.Id));

        Assert.Equal(RefusalReason.LinkNotFound, refusal.Reason);
    }

    [Fact]
    public async Task Link_is_required()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => _tracker.Merger.UnmergeAsync(_tracker.Caller, new(new(null, Card), null, "", []), Cancellation));

        Assert.Equal("link_id", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public async Task Profile_that_has_expired_keeps_the_chain_together_until_the_others_expire()
    {
        _tracker.Time.SetUtcNow(TestTracker.Noon.AddYears(1));
        await _tracker.RecordAsync(An.Receipt("later-mail", An.Ada, TestTracker.Noon.AddYears(1)), An.Receipt("later-phone", Phone, TestTracker.Noon.AddYears(1)));
        await MergeAsync(An.Ada, Card);
        await MergeAsync(Card, Phone);

        await _tracker.AdvanceToAsync((await ControlAsync(Card)).ExpireAt);

        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, Card), Cancellation));
        var left = await _tracker.Persons.ListLinksAsync(_tracker.Caller, new(null, Phone), Purpose.RightsHandling, Cancellation);
        Assert.Equal(new[] { (await ControlAsync(An.Ada)).Profile, (await ControlAsync(Phone)).Profile }.Order(), left.Profiles);
    }

    private static MergeDraft Of(Identifier first, Identifier second) => new(new(null, first), new(null, second), "ticket 7", []);

    private Task<LinkedPerson> MergeAsync(Identifier first, Identifier second) => _tracker.Merger.MergeAsync(_tracker.Caller, Of(first, second), Cancellation);

    private Task<LinkedPerson> UnmergeAsync(Identifier by, LinkId link) => _tracker.Merger.UnmergeAsync(_tracker.Caller, new(new(null, by), link, "ticket 8", []), Cancellation);

    private async Task<IReadOnlyList<string>> ReadAsync(Identifier by) => [.. (await _tracker.TimelineAsync(by, Purpose.OrderFulfilment)).Items.Select(item => item.MessageId)];

    private async Task<bool> MayProfileAsync(Identifier by) => (await _tracker.Permissions.CheckAsync(_tracker.Caller, new(null, by), new() { Purpose = Purpose.Profiling }, Cancellation)).IsPermitted;

    private async Task<Control> ControlAsync(Identifier by) => (await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, by), Cancellation))!;
}
