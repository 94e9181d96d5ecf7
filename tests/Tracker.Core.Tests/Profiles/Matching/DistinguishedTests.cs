using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Profiles.Matching;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Matching;

public sealed class DistinguishedTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");
    private static readonly Identifier Stranger = new(IdentifierKind.LoyaltyCard, "77");
    private static readonly ContactDetails Maria = new() { GivenName = "Maria", FamilyName = "Bianchi", BirthDate = new(1980, 3, 14) };

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria with { FamilyName = "Bianci" });
        await OpenAsync(Stranger, new() { GivenName = "Osvaldo", FamilyName = "Quirino", BirthDate = new(1951, 12, 29) });
        ContactDetails[] others =
        [
            new() { GivenName = "Luca", FamilyName = "Rossi", BirthDate = new(1971, 1, 2) },
            new() { GivenName = "Anna", FamilyName = "Ferri", BirthDate = new(1990, 11, 23) },
            new() { GivenName = "Paolo", FamilyName = "Conti", BirthDate = new(1966, 7, 30) },
        ];
        foreach (var (other, place) in others.Select((other, place) => (other, place)))
        {
            await OpenAsync(new(IdentifierKind.Email, $"{place}@example.com"), other);
        }
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Pair_is_suggested_where_nothing_was_ever_said() => Assert.Single((await SuggestAsync()).Suggestions);

    [Fact]
    public async Task Who_was_said_not_to_be_a_third_is_still_suggested_with_whom_nobody_has_looked_at()
    {
        await DistinguishAsync(Card, Stranger);

        Assert.Single((await SuggestAsync()).Suggestions);
    }

    [Fact]
    public async Task Who_was_parted_from_a_third_is_still_suggested_with_whom_nobody_has_looked_at()
    {
        var merged = await MergeAsync(Card, Stranger);
        await UnmergeAsync(Card, merged.Links[0].Id);

        Assert.Single((await SuggestAsync()).Suggestions);
    }

    [Fact]
    public async Task Whether_a_third_stands_in_the_way_does_not_depend_on_who_of_the_two_is_older()
    {
        await DistinguishAsync(An.Ada, Stranger);
        var ofYounger = (await SuggestAsync()).Suggestions.Count;
        await DistinguishAsync(Card, Stranger);
        var ofOlder = (await SuggestAsync()).Suggestions.Count;

        Assert.Equal((1, 1), (ofYounger, ofOlder));
    }

    [Fact]
    public async Task After_an_unmerge_a_profile_keeps_no_refusal_that_was_said_of_the_other_before_they_were_one()
    {
        await DistinguishAsync(Stranger, An.Ada);
        var merged = await MergeAsync(Card, Stranger);
        await UnmergeAsync(Card, merged.Links.Single(link => link.Undoes is null).Id);

        Assert.Single((await SuggestAsync()).Suggestions);
    }

    [Fact]
    public async Task Who_were_made_one_after_all_are_not_answered_that_they_are_two()
    {
        await DistinguishAsync(Card, An.Ada);
        await MergeAsync(Card, An.Ada);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => DistinguishAsync(Card, An.Ada));

        Assert.Equal(RefusalReason.InvalidRequest, refusal.Reason);
    }

    [Fact]
    public async Task Refusal_holds_in_the_other_order_and_after_a_restart()
    {
        var said = await DistinguishAsync(Card, An.Ada);
        var again = await DistinguishAsync(An.Ada, Card);
        await _tracker.CloseAsync();
        _tracker = await TestTracker.StartAsync(after: _tracker);

        Assert.Equal(said, again);
        Assert.Empty((await SuggestAsync()).Suggestions);
    }

    [Fact]
    public async Task Refusal_holds_for_whoever_joins_either_side_later()
    {
        Identifier second = new(IdentifierKind.LoyaltyCard, "99");
        await OpenAsync(second, Maria with { FamilyName = "Bianchy" });
        await DistinguishAsync(Card, An.Ada);
        await MergeAsync(Card, second);

        Assert.Empty((await SuggestAsync()).Suggestions);
    }

    [Fact]
    public async Task Person_whose_oldest_profile_has_expired_is_suggested_like_anybody()
    {
        Identifier old = new(IdentifierKind.LoyaltyCard, "1");
        await _tracker.DisposeAsync();
        _tracker = await TestTracker.StartAsync(now: TestTracker.Noon);
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await _tracker.RecordAsync(An.Receipt("old", old));
        var end = (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, old), Cancellation)).ExpireAt;
        _tracker.Time.SetUtcNow(end.AddDays(-10));
        await OpenAsync(Card, Maria, end.AddDays(-10));
        await OpenAsync(An.Ada, Maria with { FamilyName = "Bianci" }, end.AddDays(-10));
        await OpenAsync(Stranger, new() { GivenName = "Osvaldo", FamilyName = "Quirino", BirthDate = new(1951, 12, 29) }, end.AddDays(-10));
        await MergeAsync(old, Card);
        var before = (await SuggestAsync()).Suggestions.Count;

        await _tracker.AdvanceToAsync(end.AddDays(1));
        var after = await SuggestAsync();

        Assert.Null(await _tracker.Lookup.FindAsync(_tracker.Caller, new(null, old), Cancellation));
        Assert.Equal((1, 3, 1), (before, after.Compared, after.Suggestions.Count));
    }

    [Fact]
    public async Task Every_profile_was_looked_at_where_the_bound_is_their_number()
    {
        var last = await SuggestAsync(most: 6);

        Assert.Equal((6, true), (last.Profiles, last.IsComplete));
    }

    private Task<ProfileLink> DistinguishAsync(Identifier one, Identifier other) => _tracker.Merger.DistinguishAsync(_tracker.Caller, new(new(null, one), new(null, other), "", []), Cancellation);

    private Task<LinkedPerson> MergeAsync(Identifier one, Identifier other) => _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, one), new(null, other), "", []), Cancellation);

    private Task<LinkedPerson> UnmergeAsync(Identifier one, LinkId link) => _tracker.Merger.UnmergeAsync(_tracker.Caller, new(new(null, one), link, "", []), Cancellation);

    /// <summary>Each a minute after the one before, so that ids are in that order.</summary>
    private async Task OpenAsync(Identifier by, ContactDetails stated, DateTimeOffset? at = null)
    {
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.RecordAsync(An.Receipt($"sale {by.Value}", by, at));
        var opened = await _tracker.RecordAsync(
            An.Newsletter(by.Value, by, at) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = stated } });
        Assert.Equal((Outcome.Accepted, 0), (opened.Outcome, opened.StrippedFields.Count));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, by, at, id: by.Value), Cancellation);
    }

    private async Task<MatchProgress> SuggestAsync(int most = 0) =>
        (await _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery, MaxProfiles = most }, Cancellation).ToListAsync(Cancellation))[^1];
}
