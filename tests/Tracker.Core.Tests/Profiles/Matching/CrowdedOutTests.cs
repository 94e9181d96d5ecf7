using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Profiles.Matching;

public sealed class CrowdedOutTests : IAsyncLifetime
{
    private static readonly string[] Given = ["Serafina", "Ottavio", "Bartolomea", "Gualtiero", "Immacolata", "Domitilla"];
    private static readonly string[] Family = ["Quirinale", "Zanzottero", "Bevilacqua", "Hofstetter", "Passalacqua", "Vidussoni"];

    private TestTracker _tracker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _tracker = await TestTracker.StartAsync();

    public ValueTask DisposeAsync() => _tracker.DisposeAsync();

    [Fact]
    public async Task Two_people_of_many_profiles_take_one_place_and_no_place_of_another_pair()
    {
        await _tracker.Notices.RegisterAsync(_tracker.Caller, An.Notice(), Cancellation);
        for (var pair = 0; pair < 24; pair++)
        {
            ContactDetails stated = new() { GivenName = Given[pair % 6], FamilyName = Family[((pair / 6) + pair) % 6], BirthDate = new DateOnly(1950, 1, 1).AddDays(pair * 777), PostalAddress = new() { Locality = "Lodi" } };
            foreach (var side in new[] { "a", "b" })
            {
                for (var profile = 0; profile < 10; profile++)
                {
                    await OpenAsync(Of(pair, side, profile), stated);
                    if (profile > 0)
                    {
                        await _tracker.Merger.MergeAsync(_tracker.Caller, new(new(null, Of(pair, side, 0)), new(null, Of(pair, side, profile)), "", []), Cancellation);
                    }
                }
            }
        }

        foreach (var (other, place) in new MadeUpPeople(seed: 7).Make(1_200).People.Select((other, place) => (other, place)))
        {
            await OpenAsync(new(IdentifierKind.LoyaltyCard, $"other {place}"), new()
            {
                GivenName = Stated(other.GivenName),
                FamilyName = Stated(other.FamilyName),
                BirthDate = other.BirthDate.Length == 0 ? null : DateOnly.Parse(other.BirthDate, System.Globalization.CultureInfo.InvariantCulture),
                PostalAddress = other.City.Length == 0 ? null : new() { Locality = other.City },
            });
        }

        await OpenAsync(An.Ada, new() { GivenName = "Maria", FamilyName = "Bianchi", BirthDate = new(1980, 3, 14) });
        await OpenAsync(new(IdentifierKind.LoyaltyCard, "4242"), new() { GivenName = "Maria", FamilyName = "Bianci", BirthDate = new(1980, 3, 14) });

        var last = (await _tracker.Matches.SuggestAsync(_tracker.Caller, new() { Purpose = Purpose.ServiceDelivery, MaxSuggestions = 1_000, MinScore = 0.01 }, Cancellation).ToListAsync(Cancellation))[^1];

        HashSet<ProfileId> crowded = [];
        for (var pair = 0; pair < 24; pair++)
        {
            foreach (var by in new[] { Of(pair, "a", 0), Of(pair, "b", 0) })
            {
                var control = await _tracker.Lookup.GetAsync(_tracker.Caller, new(null, by), Cancellation);
                crowded.UnionWith(control.Members.Append(control.Profile));
            }
        }

        var (ofCrowded, ofOthers) = (last.Suggestions.Count(match => crowded.Contains(match.One)), last.Suggestions.Count(match => !crowded.Contains(match.One)));
        Assert.InRange(last.Suggestions.Count, 1, 999);
        Assert.True(ofCrowded == 24 && last.Suggestions[^1].Score < 0.9, $"{ofCrowded} of 24 pairs of many profiles, {ofOthers} of all others; scores {last.Suggestions.Select(match => match.Score).DefaultIfEmpty().Min():F4} to {last.Suggestions.Select(match => match.Score).DefaultIfEmpty().Max():F4}");
    }

    private static string? Stated(string text) => text.Length == 0 ? null : text;

    private static Identifier Of(int pair, string side, int profile) => new(IdentifierKind.LoyaltyCard, $"{pair}{side}{profile:00}x");

    private async Task OpenAsync(Identifier by, ContactDetails stated)
    {
        await _tracker.RecordAsync(An.Receipt($"sale {by.Value}", by));
        await _tracker.RecordAsync(An.Newsletter(by.Value, by) with { Type = "account.opened", Purposes = [Purpose.ServiceDelivery], Content = new() { Contact = stated } });
        await _tracker.Ledger.RecordAsync(_tracker.Caller, An.Consent(Purpose.Profiling, by, id: by.Value), Cancellation);
    }
}
