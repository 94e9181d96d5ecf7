using Tracker.Core.Identities.Matching;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Identities.Matching;

public sealed class PersonMatcherTests
{
    [Fact]
    public void Suggestions_find_people_again_in_what_they_misspell()
    {
        var labelled = LabelledPeople.Find();
        Assert.SkipWhen(labelled is null, LabelledPeople.Missing);

        var (precision, recall, f1) = labelled.Judge(PersonMatcher.Suggest(labelled.People));

        Assert.True(precision >= 0.97 && f1 >= 0.90, $"precision {precision:F3}, recall {recall:F3}, F1 {f1:F3}");
    }
}
