using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Profiles.Matching;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Matching;

public sealed class ComparedPeopleTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");
    private static readonly ContactDetails Maria = new() { GivenName = "Maria", FamilyName = "Bianchi", BirthDate = new(1980, 3, 14) };

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
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
    public async Task Who_turned_out_to_be_a_minor_after_the_consent_is_not_compared()
    {
        await OpenAsync(Card, Maria with { BirthDate = new(2012, 3, 14) });
        await OpenAsync(An.Ada, Maria with { BirthDate = new(2012, 3, 14) });

        Assert.Equal((3, 0), await CountAsync());
    }

    [Fact]
    public async Task Who_is_one_with_a_known_minor_is_not_compared()
    {
        Identifier child = new(IdentifierKind.LoyaltyCard, "1");
        await OpenAsync(Card, Maria with { BirthDate = null });
        await OpenAsync(An.Ada, Maria with { BirthDate = null });
        await OpenAsync(child, new() { GivenName = "Zoe", BirthDate = new(2012, 3, 14) });
        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, Card), new(null, child), "", []), Cancellation);

        Assert.Equal((4, 0), await CountAsync());
    }

    [Fact]
    public async Task Who_objected_to_profiling_is_not_compared()
    {
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria);
        await _tracker.Objections.ObjectAsync(_tracker.Caller, new() { RequestId = "no", Profile = new(null, An.Ada), Purpose = Purpose.Profiling }, Cancellation);

        Assert.Equal((4, 0), await CountAsync());
    }

    [Fact]
    public async Task Who_is_one_with_somebody_that_withdrew_is_not_compared()
    {
        Identifier other = new(IdentifierKind.LoyaltyCard, "1");
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria);
        await OpenAsync(other, new() { GivenName = "Zoe" });
        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, Card), new(null, other), "", []), Cancellation);
        await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, other), Cancellation);

        Assert.Equal((4, 0), await CountAsync());
    }

    [Fact]
    public async Task What_was_stated_for_another_purpose_is_no_evidence()
    {
        foreach (var by in new[] { An.Ada, new Identifier(IdentifierKind.Email, "m@example.com") })
        {
            await OpenAsync(by, Maria with { GivenName = null });
            await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.DirectMarketing, by, id: $"p{by.Value}"), Cancellation);
            await _tracker.RecordAsync(
                An.Newsletter($"more {by.Value}", by) with { Purposes = [Purpose.DirectMarketing], Content = new() { Contact = new() { GivenName = "Maria" } } });
        }

        var service = await SuggestAsync();
        var marketing = await SuggestAsync(Purpose.DirectMarketing);

        Assert.DoesNotContain(Assert.Single(service.Suggestions).Evidence, said => said.Field == MatchField.GivenName);
        Assert.Equal((2, 0), (marketing.Compared, marketing.Suggestions.Count(match => match.Evidence.Any(said => said.Field is MatchField.BirthDate or MatchField.FamilyName))));
    }

    [Fact]
    public async Task Consent_that_has_ended_with_time_compares_nobody()
    {
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria);

        await _tracker.AdvanceToAsync(TestTracker.Noon.AddYears(3));

        Assert.Equal(0, (await CountAsync()).Suggested);
    }

    private async Task OpenAsync(Identifier by, ContactDetails stated)
    {
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.RecordAsync(An.Receipt($"sale {by.Value}", by));
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, by, id: by.Value), Cancellation);
        await _tracker.RecordAsync(An.Newsletter(by.Value, by) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = stated } });
    }

    private async Task<(int Compared, int Suggested)> CountAsync()
    {
        var last = await SuggestAsync();
        return (last.Compared, last.Suggestions.Count);
    }

    private async Task<MatchProgress> SuggestAsync(Purpose purpose = Purpose.ServiceDelivery) =>
        (await _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = purpose }, Cancellation).ToListAsync(Cancellation))[^1];
}
