using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Profiles.Matching;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Matching;

public sealed class ComparedValueTests : IAsyncLifetime
{
    private static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "4242");
    private static readonly ContactDetails Maria = new() { GivenName = "Maria", FamilyName = "Bianchi", BirthDate = new(1980, 3, 14) };

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tracker = await TestTracker.StartAsync();
        await InitializeOthersAsync();
    }

    private async Task InitializeOthersAsync()
    {
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

    [Theory]
    [InlineData("Ma\uFFFEria")]
    [InlineData("Ma\uFFFFria")]
    [InlineData("\u200b")]
    [InlineData("   ")]
    [InlineData("@")]
    public async Task Name_that_was_accepted_takes_the_search_from_nobody(string name)
    {
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria with { FamilyName = "Bianci" });
        await OpenAsync(new(IdentifierKind.LoyaltyCard, "1"), Maria with { GivenName = name, FamilyName = "Zorzi", BirthDate = new(1955, 5, 5), Email = name });

        Assert.NotEmpty((await SuggestAsync()).Suggestions);
    }

    [Fact]
    public async Task Telephone_is_compared_as_E164_however_it_was_written()
    {
        await OpenAsync(Card, Maria with { Phone = "+39 333 1234567" });
        await OpenAsync(An.Ada, Maria with { Phone = "+393331234567" });

        var match = (await SuggestAsync()).Suggestions[0];

        Assert.Contains(match.Evidence, said => said is { Field: MatchField.Phone, Level: MatchLevel.Same });
    }

    [Fact]
    public async Task Value_that_the_policy_blocks_as_one_of_many_people_is_no_evidence()
    {
        await _tracker.DisposeAsync();
        _tracker = await TestTracker.StartAsync(policy: APolicy.With(document => document["blocked_identifiers"] = System.Text.Json.Nodes.JsonNode.Parse("""[{ "id": "desk", "kind": "EMAIL", "values": ["none@shop.example"], "reason": "What tills send for nobody" }]""")));
        await InitializeOthersAsync();
        await OpenAsync(Card, Maria with { Email = "none@shop.example" });
        await OpenAsync(An.Ada, Maria with { Email = "none@shop.example" });

        var match = (await SuggestAsync()).Suggestions[0];

        Assert.DoesNotContain(match.Evidence, said => said.Field == MatchField.Email);
    }

    [Fact]
    public async Task What_was_corrected_during_the_search_is_no_evidence_any_more()
    {
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria);
        MatchProgress? last = null;

        await foreach (var progress in _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery }, Cancellation))
        {
            if (!progress.IsDone)
            {
                _tracker.Time.Advance(TimeSpan.FromMinutes(1));
                await StateAsync("corrected", An.Ada, new() { GivenName = "Zoe", FamilyName = "Quirino", BirthDate = new(1951, 12, 29) });
            }

            last = progress;
        }

        Assert.DoesNotContain(last!.Suggestions, match => match.Evidence.Any(said => said is { Field: MatchField.BirthDate, Level: MatchLevel.Same }));
    }

    [Fact]
    public async Task Who_became_one_during_the_search_with_somebody_whom_the_other_is_not_is_not_suggested()
    {
        Identifier third = new(IdentifierKind.LoyaltyCard, "1");
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria);
        await OpenAsync(third, new() { GivenName = "Zoe", FamilyName = "Quirino" });
        MatchProgress? last = null;

        await foreach (var progress in _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery }, Cancellation))
        {
            if (!progress.IsDone)
            {
                await _tracker.Merger.DistinguishAsync(_tracker.Caller, new(new(null, An.Ada), new(null, third), "", []), Cancellation);
                await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, Card), new(null, third), "", []), Cancellation);
            }

            last = progress;
        }

        Assert.Empty(last!.Suggestions);
    }

    [Fact]
    public async Task Who_withdrew_during_the_search_is_not_suggested()
    {
        await OpenAsync(Card, Maria);
        await OpenAsync(An.Ada, Maria);
        MatchProgress? last = null;

        await foreach (var progress in _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery }, Cancellation))
        {
            if (!progress.IsDone)
            {
                await _tracker.Ledger.WithdrawAsync(_tracker.Caller, An.Withdrawal(Purpose.Profiling, An.Ada), Cancellation);
            }

            last = progress;
        }

        Assert.Empty(last!.Suggestions);
    }

    [Fact]
    public async Task Search_beside_another_is_refused_until_that_one_has_ended()
    {
        await using (var first = _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery }, Cancellation).GetAsyncEnumerator(Cancellation))
        {
            await first.MoveNextAsync();

            Assert.Equal(RefusalReason.Overloaded, (await Assert.ThrowsAsync<RefusalException>(SuggestAsync)).Reason);
        }

        Assert.True((await SuggestAsync()).IsDone);
    }

    private async Task OpenAsync(Identifier by, ContactDetails stated)
    {
        _tracker.Time.Advance(TimeSpan.FromMinutes(1));
        await _tracker.RecordAsync(An.Receipt($"sale {by.Value}", by));
        await StateAsync(by.Value, by, stated);
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, by, id: by.Value), Cancellation);
    }

    private async Task StateAsync(string id, Identifier by, ContactDetails stated)
    {
        var opened = await _tracker.RecordAsync(
            An.Newsletter(id, by, _tracker.Time.GetUtcNow()) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = stated } });
        Assert.Equal((Outcome.Accepted, 0), (opened.Outcome, opened.StrippedFields.Count));
    }

    private async Task<MatchProgress> SuggestAsync() =>
        (await _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery, MinScore = 1e-6 }, Cancellation).ToListAsync(Cancellation))[^1];
}
