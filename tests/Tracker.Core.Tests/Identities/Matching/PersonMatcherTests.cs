using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Matching;

public sealed class PersonMatcherTests
{
    private static readonly LabelledPeople Crowd = new MadeUpPeople(seed: 7).Make(3_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Suggestions_find_people_again_in_what_they_misspell()
    {
        var labelled = LabelledPeople.Find();
        Assert.SkipWhen(labelled is null, LabelledPeople.Missing);

        var (precision, recall, f1) = labelled.Judge(PersonMatcher.Suggest(labelled.People, cancellation: Cancellation));

        Assert.True(precision >= 0.97 && f1 >= 0.90, $"precision {precision:F3}, recall {recall:F3}, F1 {f1:F3}");
    }

    [Fact]
    public void People_of_the_same_name_whose_addresses_are_made_of_it_are_rarely_taken_for_one()
    {
        var (precision, recall, _) = Crowd.Judge(PersonMatcher.Suggest(Crowd.People, cancellation: Cancellation));

        Assert.True(precision >= 0.93 && recall >= 0.6, $"precision {precision:F3}, recall {recall:F3}");
    }

    [Fact]
    public void Score_is_how_often_it_is_right()
    {
        var suggested = PersonMatcher.Suggest(Crowd.People, threshold: 0.1, cancellation: Cancellation);

        var (precision, _, _) = Crowd.Judge(suggested);

        Assert.InRange(suggested.Average(match => match.Score) - precision, -0.1, 0.1);
    }

    [Fact]
    public void Parents_and_children_of_one_household_are_not_taken_for_one()
    {
        var father = MatchDetails.Of(A.Ada, new() { GivenName = "Giorgio", FamilyName = "Bevilacqua", BirthDate = new(1961, 2, 3), PostalAddress = new() { Lines = ["Via Fermi 12"], Locality = "Lodi" } });
        var daughter = MatchDetails.Of(A.Bea, new() { GivenName = "Serena", FamilyName = "Bevilacqua", BirthDate = new(1990, 8, 17), PostalAddress = new() { Lines = ["Via Fermi 12"], Locality = "Lodi" } });

        var suggested = PersonMatcher.Suggest([father, daughter, .. Crowd.People], cancellation: Cancellation);

        Assert.DoesNotContain(suggested, match => match.One == A.Ada || match.Other == A.Ada);
    }

    [Fact]
    public void Same_people_have_the_same_suggestions_and_the_likeliest_are_kept()
    {
        var all = PersonMatcher.Suggest(Crowd.People, cancellation: Cancellation);
        var few = PersonMatcher.Suggest(Crowd.People, most: 10, cancellation: Cancellation);

        Assert.Equal(all.Take(10).Select(Key), few.Select(Key));
        Assert.Equal(all.OrderByDescending(match => match.Score).Select(Key), all.Select(Key));
    }

    [Fact]
    public void Who_may_not_be_one_takes_no_place_of_another()
    {
        var all = PersonMatcher.Suggest(Crowd.People, cancellation: Cancellation);
        bool IsNotFirst(MatchDetails one, MatchDetails other) => (one.Profile, other.Profile) != Key(all[0]);

        var next = PersonMatcher.Suggest(Crowd.People, most: 1, mayBeOne: IsNotFirst, cancellation: Cancellation);

        Assert.Equal(Key(all[1]), Key(Assert.Single(next)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Nobody_and_somebody_alone_have_no_match(int count) =>
        Assert.Empty(PersonMatcher.Suggest([.. Crowd.People.Take(count)], threshold: 0, cancellation: Cancellation));

    private static (ProfileId, ProfileId) Key(SuggestedMatch match) => (match.One, match.Other);
}
