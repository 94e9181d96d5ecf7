using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Matching;

public sealed class MatcherShapeTests
{
    private static readonly LabelledPeople Crowd = new MadeUpPeople(seed: 7).Make(3_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Search_that_is_cancelled_ends_before_it_has_learned_from_everybody()
    {
        // Nobody is compared with anybody, so only what is learned from can notice.
        List<MatchDetails> people = [.. Enumerable.Range(1, 500).Select(number => Of(number, new() { GivenName = $"Name{number}" }))];

        Assert.Throws<OperationCanceledException>(() => PersonMatcher.Suggest(people, cancellation: new(canceled: true)));
    }

    [Fact]
    public void Same_people_in_another_order_have_the_same_suggestions()
    {
        var forth = PersonMatcher.Suggest(Crowd.People, threshold: 1e-9, cancellation: Cancellation);
        var back = PersonMatcher.Suggest([.. Crowd.People.Reverse()], threshold: 1e-9, cancellation: Cancellation);

        var (a, b) = (forth.ToDictionary(Key, match => match.Score), back.ToDictionary(Key, match => match.Score));
        var differing = a.Keys.Union(b.Keys).Count(key => Math.Abs(a.GetValueOrDefault(key) - b.GetValueOrDefault(key)) > 0.05);
        Assert.True(differing == 0, $"{differing} of {a.Count} and {b.Count}; worst {a.Keys.Union(b.Keys).Max(key => Math.Abs(a.GetValueOrDefault(key) - b.GetValueOrDefault(key))):F3}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Same_few_people_have_the_same_suggestion_in_whatever_order_their_ids_happen_to_be(bool withTelephone)
    {
        string? phone = withTelephone ? "+393331234567" : null;
        ContactDetails[] people =
        [
            new() { GivenName = "Maria", FamilyName = "Bianchi", BirthDate = new(1980, 3, 14), Phone = phone },
            new() { GivenName = "Maria", FamilyName = "Bianchi", BirthDate = new(1980, 3, 14), Phone = phone is null ? null : "+390119876543" },
            new() { GivenName = "Luca", FamilyName = "Rossi", BirthDate = new(1971, 1, 2) },
            new() { GivenName = "Anna", FamilyName = "Ferri", BirthDate = new(1990, 11, 23) },
            new() { GivenName = "Paolo", FamilyName = "Conti", BirthDate = new(1966, 7, 30) },
        ];

        var scores = Orders(people.Length)
            .Select(order => PersonMatcher.Suggest([.. order.Select((person, place) => Of(place + 1, people[person]))], threshold: 1e-12, cancellation: Cancellation).Max(match => match.Score))
            .ToList();

        Assert.True(scores.Max() - scores.Min() < 0.01, $"from {scores.Min():F4} to {scores.Max():F4}; {scores.Count(score => score < 0.5)} of {scores.Count} orders would not be suggested");
    }

    private static IEnumerable<IReadOnlyList<int>> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(place => (IReadOnlyList<int>)[.. order.Take(place), count - 1, .. order.Skip(place)]));

    [Fact]
    public void Day_and_month_in_each_others_place_are_no_other_birth_date()
    {
        var suggested = PersonMatcher.Suggest(
            [Of(1, new() { GivenName = "Serena", FamilyName = "Bevilacqua", BirthDate = new(1980, 3, 12), PostalAddress = new() { Locality = "Lodi" } }),
             Of(2, new() { GivenName = "Serena", FamilyName = "Bevilacqua", BirthDate = new(1980, 12, 3), PostalAddress = new() { Locality = "Lodi" } }), .. Crowd.People],
            threshold: 1e-9,
            cancellation: Cancellation);

        var match = Assert.Single(suggested, match => match.One == Id(1) && match.Other == Id(2));
        var said = Assert.Single(match.Evidence, said => said.Field == MatchField.BirthDate);
        Assert.True(said.Level != MatchLevel.Different && said.Bits > 0, $"{said.Level} {said.Bits:F2}, score {match.Score:F3}");
    }

    [Fact]
    public void Names_in_each_others_place_speak_for_one_person()
    {
        var suggested = PersonMatcher.Suggest(
            [Of(1, new() { GivenName = "Serena", FamilyName = "Bevilacqua", BirthDate = new(1980, 3, 12) }),
             Of(2, new() { GivenName = "Bevilacqua", FamilyName = "Serena", BirthDate = new(1980, 3, 12) }), .. Crowd.People],
            threshold: 1e-9,
            cancellation: Cancellation);

        var match = Assert.Single(suggested, match => match.One == Id(1) && match.Other == Id(2));
        Assert.True(match.Score > 0.5 && match.Evidence.Where(said => said.Level == MatchLevel.Swapped).All(said => said.Bits > 0),
            $"{match.Score:F3}: {string.Join(", ", match.Evidence.Select(said => $"{said.Field} {said.Level} {said.Bits:F1}"))}");
    }

    [Fact]
    public void Postal_code_that_is_all_one_of_them_states_of_the_street_does_not_speak_for_two()
    {
        var suggested = PersonMatcher.Suggest(
            [Of(1, new() { GivenName = "Serena", FamilyName = "Bevilacqua", BirthDate = new(1980, 3, 12), PostalAddress = new() { Lines = ["Via Fermi 12"], PostalCode = "26900", Locality = "Lodi" } }),
             Of(2, new() { GivenName = "Serena", FamilyName = "Bevilacqua", BirthDate = new(1980, 3, 12), PostalAddress = new() { PostalCode = "26900", Locality = "Lodi" } }), .. Crowd.People],
            threshold: 1e-9,
            cancellation: Cancellation);

        var match = Assert.Single(suggested, match => match.One == Id(1) && match.Other == Id(2));
        Assert.All(match.Evidence.Where(said => said.Field == MatchField.Address), said => Assert.True(said.Bits >= 0, $"{said.Level} {said.Bits:F1}"));
    }

    [Fact]
    public void Father_and_daughter_who_share_one_address_for_mail_are_not_taken_for_one()
    {
        var suggested = PersonMatcher.Suggest(
            [Of(1, new() { GivenName = "Giorgio", FamilyName = "Bevilacqua", BirthDate = new(1961, 2, 3), Email = "casa.bevilacqua@libero.it", PostalAddress = new() { Lines = ["Via Fermi 12"], Locality = "Lodi" } }),
             Of(2, new() { GivenName = "Serena", FamilyName = "Bevilacqua", BirthDate = new(1990, 8, 17), Email = "casa.bevilacqua@libero.it", PostalAddress = new() { Lines = ["Via Fermi 12"], Locality = "Lodi" } }), .. Crowd.People],
            threshold: 1e-9,
            cancellation: Cancellation);

        Assert.All(suggested.Where(match => match.One == Id(1) && match.Other == Id(2)), match => Assert.True(match.Score < 0.5,
            $"{match.Score:F3}: {string.Join(", ", match.Evidence.Select(said => $"{said.Field} {said.Level} {said.Bits:F1}"))}"));
    }

    [Fact]
    public void Evidence_sums_to_the_score_with_one_prior_for_all()
    {
        var suggested = PersonMatcher.Suggest(Crowd.People, threshold: 0.01, cancellation: Cancellation).Where(match => match.Score < 0.999_999).ToList();

        var priors = suggested.Select(match => Math.Log2(match.Score / (1 - match.Score)) - match.Evidence.Sum(said => said.Bits)).ToList();

        Assert.InRange(priors.Max() - priors.Min(), 0, 1e-6);
    }

    [Fact]
    public void An_address_that_is_eight_times_as_long_is_not_compared_for_sixty_four_times_as_long()
    {
        TimeSpan OfLinesOf(int length)
        {
            var random = new Random(3);
            string Line() => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));
            var people = Enumerable.Range(1, 60).Select(number => Of(number, new() { GivenName = "Serena", FamilyName = "Bevilacqua", PostalAddress = new() { Lines = [Line(), Line(), Line(), Line(), Line()], Locality = "Lodi" } })).ToList();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            PersonMatcher.Suggest(people, cancellation: Cancellation);
            return watch.Elapsed;
        }

        // The quickest of several: whatever else this machine does makes them slower only.
        var (shortest, longest) = (Enumerable.Range(0, 3).Min(_ => OfLinesOf(16)), Enumerable.Range(0, 3).Min(_ => OfLinesOf(127)));

        Assert.True(longest < 8 * shortest, $"{longest} against {shortest}");
    }

    [Fact]
    public void Whatever_is_stated_the_search_answers()
    {
        var random = new Random(11);
        string[] pieces = ["", "a", "A", "@", " ", "\u0130", "\u1e9e", "\ud83d\ude00", "-", "0", "\u0301", "\ufdfa", "\u202e", ".", "maria", "\uffff"];
        string? Text() => random.Next(3) == 0 ? null : string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
        for (var round = 0; round < 300; round++)
        {
            var people = Enumerable.Range(1, random.Next(0, 70)).Select(number => Of(number, new()
            {
                GivenName = Text(),
                FamilyName = Text(),
                Email = Text(),
                Phone = Text(),
                BirthDate = random.Next(2) == 0 ? null : new DateOnly(random.Next(1900, 2026), random.Next(1, 13), random.Next(1, 29)),
                PostalAddress = random.Next(2) == 0 ? null : new() { Lines = [Text() ?? ""], PostalCode = Text(), Locality = Text() },
            })).ToList();

            Assert.All(PersonMatcher.Suggest(people, threshold: 1e-9, cancellation: Cancellation), match => Assert.True(match.Score is > 0 and <= 1 && match.Evidence.All(said => double.IsFinite(said.Bits))));
        }
    }

    [Fact]
    public void Other_name_that_both_state_and_that_differs_is_part_of_the_evidence()
    {
        var suggested = PersonMatcher.Suggest(
            [Of(1, new() { GivenName = "Andrea", FamilyName = "Martino", BirthDate = new(1980, 3, 12) }),
             Of(2, new() { GivenName = "Martino", FamilyName = "Colombo", BirthDate = new(1980, 3, 12) }), .. Crowd.People],
            threshold: 1e-9,
            cancellation: Cancellation);

        var match = Assert.Single(suggested, match => match.One == Id(1) && match.Other == Id(2));
        Assert.True(match.Evidence.Count(said => said.Field is MatchField.GivenName or MatchField.FamilyName) == 2 && match.Score < 0.5,
            $"{match.Score:F3}: {string.Join(", ", match.Evidence.Select(said => $"{said.Field} {said.Level} {said.Bits:F1}"))}");
    }

    [Theory]
    [InlineData(7_919)]
    [InlineData(7_920)]
    [InlineData(7_921)]
    public void Number_of_people_does_not_decide_whether_matches_are_found(int count)
    {
        var (precision, recall, f1) = Judge(count);

        Assert.True(precision >= 0.9 && recall >= 0.5, $"precision {precision:F3}, recall {recall:F3}, F1 {f1:F3}");
    }

    [Fact]
    public void Score_and_evidence_are_the_same_whoever_comes_first()
    {
        var random = new Random(5);
        string Text(int least) => string.Concat(Enumerable.Range(0, random.Next(least, 10)).Select(_ => "aabcdeio"[random.Next(8)]));
        var worst = 0;
        for (var i = 0; i < 3_000; i++)
        {
            MatchDetails one = new(Id(1)) { GivenName = Text(1), FamilyName = "same", City = Text(1), Address = Text(1), Email = $"{Text(1)}@{Text(1)}" };
            MatchDetails other = new(Id(2)) { GivenName = Text(1), FamilyName = "same", City = Text(1), Address = Text(1), Email = $"{Text(1)}@{Text(1)}" };
            worst += Say(one, other) == Say(other, one) ? 0 : 1;
        }

        Assert.Equal(0, worst);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(200)]
    public void Everybody_alike_gives_scores_that_are_probabilities(int count)
    {
        var people = Enumerable.Range(1, count).Select(number => Of(number, new() { GivenName = "Maria", FamilyName = "Bianchi", BirthDate = new(1980, 3, 14), Email = "m@example.com", Phone = "+393331234567" })).ToList();

        var suggested = PersonMatcher.Suggest(people, threshold: 1e-12, cancellation: Cancellation);

        TestContext.Current.TestOutputHelper?.WriteLine($"{count}: {suggested.Count} {suggested.Select(match => match.Score).DefaultIfEmpty().Max()} {string.Join(", ", suggested.Take(1).SelectMany(match => match.Evidence).Select(said => $"{said.Field} {said.Bits:F1}"))}");
        Assert.All(suggested, match => Assert.InRange(match.Score, 0, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(10)]
    public void Two_of_another_name_in_a_small_shop_are_not_taken_for_one(int others)
    {
        var suggested = PersonMatcher.Suggest(
            [Of(1, new() { GivenName = "Maria", FamilyName = "Rossi", BirthDate = new(1980, 3, 12) }),
             Of(2, new() { GivenName = "Paola", FamilyName = "Rossi", BirthDate = new(1980, 11, 27) }), .. Crowd.People.Take(others)],
            threshold: 1e-9,
            cancellation: Cancellation);

        Assert.All(suggested.Where(match => match.One == Id(1) && match.Other == Id(2)), match => Assert.True(match.Score < 0.5, $"{match.Score:F3}"));
    }

    private static (double Precision, double Recall, double F1) Judge(int count)
    {
        var crowd = new MadeUpPeople(seed: 7).Make(count);
        return crowd.Judge(PersonMatcher.Suggest(crowd.People, cancellation: Cancellation));
    }

    private static string Say(params MatchDetails[] people) =>
        string.Join(';', PersonMatcher.Suggest(people, threshold: 1e-300).Select(match => string.Join(',', match.Evidence.Select(said => $"{said.Field} {said.Level} {said.Bits:F6}"))));

    private static ProfileId Id(int number) => new(new Guid(1_000_000 + number, 0, 0, [1, 0, 0, 0, 0, 0, 0, 0]));

    private static MatchDetails Of(int number, ContactDetails stated) => MatchDetails.Of(Id(number), stated);

    private static (ProfileId, ProfileId) Key(SuggestedMatch match) => match.One.CompareTo(match.Other) < 0 ? (match.One, match.Other) : (match.Other, match.One);
}
