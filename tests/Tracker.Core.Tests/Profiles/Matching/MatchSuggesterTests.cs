using Tracker.Core.Identities.Matching;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Profiles.Matching;
using Tracker.Core.Tests.Ingestion;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Matching;

/// <summary>Somebody with a card and with an address, among others, and who of them may be compared.</summary>
public sealed class MatchSuggesterTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");
    private static readonly ContactDetails Maria = new()
    {
        GivenName = "Maria",
        FamilyName = "Bianchi",
        BirthDate = new(1980, 3, 14),
        PostalAddress = new() { Region = "IT", Lines = ["Via Verdi 7"], Locality = "Torino", PostalCode = "10121" },
    };

    private static readonly ContactDetails[] Others =
    [
        new() { GivenName = "Luca", FamilyName = "Rossi", BirthDate = new(1971, 1, 2) },
        new() { GivenName = "Anna", FamilyName = "Ferri", BirthDate = new(1990, 11, 23) },
        new() { GivenName = "Paolo", FamilyName = "Conti", BirthDate = new(1966, 7, 30) },
        new() { GivenName = "Sara", FamilyName = "Greco", BirthDate = new(1999, 5, 9) },
    ];

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria with { FamilyName = "Bianci", PostalAddress = null });
        foreach (var (other, place) in Others.Select((other, place) => (other, place)))
        {
            Identifier by = new(IdentifierKind.Email, $"{place}@example.com");
            await OpenAsync(by, other);
            await ConsentAsync(by);
        }
    }

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Two_profiles_that_state_almost_the_same_are_suggested_with_what_speaks_for_it()
    {
        await ConsentAsync(Card, An.Ada);

        var last = await SuggestAsync();

        var match = Assert.Single(last.Suggestions);
        Assert.Equal(new[] { await ProfileAsync(Card), await ProfileAsync(An.Ada) }.Order(), new[] { match.One, match.Other }.Order());
        Assert.Contains(match.Evidence, said => said is { Field: MatchField.FamilyName, Level: MatchLevel.Almost, Bits: > 0 });
        Assert.Contains(match.Evidence, said => said is { Field: MatchField.BirthDate, Level: MatchLevel.Same, Bits: > 0 });
        Assert.DoesNotContain(match.Evidence, said => said.Field is MatchField.City or MatchField.Phone);
        Assert.InRange(match.Score, 0.5, 1);
        Assert.Equal((6, 6, true, true), (last.Profiles, last.Compared, last.IsDone, last.IsComplete));
    }

    [Fact]
    [Trait("Compliance", "R-007")]
    public async Task Whoever_may_not_be_profiled_is_not_compared()
    {
        await ConsentAsync(Card);

        var without = await SuggestAsync();
        await ConsentAsync(An.Ada);
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, Card), Cancellation);
        var withdrawn = await SuggestAsync();

        Assert.Equal((5, 0), (without.Compared, without.Suggestions.Count));
        Assert.Equal((5, 0), (withdrawn.Compared, withdrawn.Suggestions.Count));
    }

    [Fact]
    [Trait("Compliance", "R-007")]
    public async Task What_the_purpose_may_not_see_is_not_compared()
    {
        await ConsentAsync(Card, An.Ada);

        var profiling = await SuggestAsync(Purpose.Profiling);
        var marketing = await SuggestAsync(Purpose.DirectMarketing);

        Assert.Equal((0, 0), (profiling.Compared, profiling.Suggestions.Count));
        Assert.Equal((0, 0), (marketing.Compared, marketing.Suggestions.Count));
    }

    [Fact]
    public async Task One_person_is_not_suggested_and_neither_is_who_was_parted()
    {
        await ConsentAsync(Card, An.Ada);
        var merged = await _tracker.Merger.MergeAsync(_tracker.Caller, Pair(), Cancellation);

        var asOne = await SuggestAsync();
        await _tracker.Merger.UnmergeAsync(_tracker.Caller, new(new(null, Card), merged.Links[0].Id, "", []), Cancellation);
        var parted = await SuggestAsync();

        Assert.Empty(asOne.Suggestions);
        Assert.Empty(parted.Suggestions);
    }

    [Fact]
    public async Task Who_was_said_to_be_two_people_is_suggested_no_more()
    {
        await ConsentAsync(Card, An.Ada);

        var denial = await _tracker.Merger.DistinguishAsync(_tracker.Caller, Pair(), Cancellation);
        var again = await _tracker.Merger.DistinguishAsync(_tracker.Caller, Pair(), Cancellation);

        Assert.Empty((await SuggestAsync()).Suggestions);
        Assert.Equal(denial, again);
        Assert.True(denial.IsDenial);
    }

    [Fact]
    public async Task Who_is_kept_apart_by_another_profile_of_the_person_is_not_suggested()
    {
        Identifier other = new(IdentifierKind.LoyaltyCard, "77");
        await OpenAsync(other, new() { GivenName = "Nobody", FamilyName = "Alike" });
        await ConsentAsync(Card, An.Ada);
        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, Card), new(null, other), "", []), Cancellation);

        await _tracker.Merger.DistinguishAsync(_tracker.Caller, new(new(null, An.Ada), new(null, other), "", []), Cancellation);

        Assert.Empty((await SuggestAsync()).Suggestions);
    }

    [Fact]
    public async Task Two_customer_numbers_are_not_suggested()
    {
        await _tracker.RecordAsync(
            An.Receipt("one") with { Identifiers = [Card, new(IdentifierKind.CustomerNumber, "1")] },
            An.Receipt("two") with { Identifiers = [An.Ada, new(IdentifierKind.CustomerNumber, "2")] });
        await ConsentAsync(Card, An.Ada);

        Assert.Empty((await SuggestAsync()).Suggestions);
    }

    [Fact]
    [Trait("Compliance", "R-072")]
    public async Task Who_is_restricted_is_not_compared()
    {
        await ConsentAsync(Card, An.Ada);
        var card = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, Card), Cancellation);
        await _tracker.Store.Reviews.ChangeHoldsAsync(card.Tenant, card.Profile, card.DecisionEpoch, [], isRestricted: true, [], Cancellation);

        var last = await SuggestAsync();

        Assert.Equal((5, 0), (last.Compared, last.Suggestions.Count));
    }

    [Fact]
    public async Task Bounds_are_kept_and_progress_is_told()
    {
        await ConsentAsync(Card, An.Ada);

        var all = await _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery, MaxProfiles = 1 }, Cancellation).ToListAsync(Cancellation);
        var certain = await SuggestAsync(minScore: 1);

        Assert.Equal([(1, false, false), (1, true, false)], all.Select(progress => (progress.Profiles, progress.IsDone, progress.IsComplete)));
        Assert.Empty(certain.Suggestions);
    }

    [Fact]
    public async Task What_is_out_of_range_is_named()
    {
        MatchQuery query = new() { Purpose = Purpose.Unspecified, MinScore = double.NaN, MaxSuggestions = 1_001, MaxProfiles = -1 };

        var refusal = await Assert.ThrowsAsync<RefusalException>(async () => await _tracker.Matches.SuggestAsync(_tracker.Caller, query, Cancellation).ToListAsync(Cancellation));

        Assert.Equal(["purpose", "min_score", "max_suggestions", "max_profiles"], refusal.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task Search_writes_nothing()
    {
        await ConsentAsync(Card, An.Ada);
        var before = _tracker.Dump();

        await SuggestAsync();

        Assert.Equal(before, _tracker.Dump());
    }

    private static MergeDraft Pair() => new(new(null, Card), new(null, An.Ada), "", []);

    private async Task OpenAsync(Identifier by, ContactDetails stated)
    {
        await _tracker.RecordAsync(An.Receipt($"sale {by.Value}", by));
        var opened = await _tracker.RecordAsync(
            An.Newsletter(by.Value, by) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = stated } });
        Assert.Equal((Outcome.Accepted, 0), (opened.Outcome, opened.StrippedFields.Count));
    }

    private async Task ConsentAsync(params Identifier[] people)
    {
        foreach (var by in people)
        {
            await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, by, id: by.Value), Cancellation);
        }
    }

    private async Task<ProfileId> ProfileAsync(Identifier by) => (await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, by), Cancellation)).Profile;

    private async Task<MatchProgress> SuggestAsync(Purpose purpose = Purpose.ServiceDelivery, double minScore = 0) =>
        (await _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = purpose, MinScore = minScore }, Cancellation).ToListAsync(Cancellation))[^1];
}
