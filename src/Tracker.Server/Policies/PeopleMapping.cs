using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Policies;

internal static class PeopleMapping
{
    public static Wire.ChildRules ToWire(this ChildRules rules) => new()
    {
        Country = rules.Country,
        AgeOfConsent = { rules.AgeOfConsent.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new Wire.CountryAge { Country = entry.Key, Age = entry.Value }) },
        DefaultAgeOfConsent = rules.DefaultAgeOfConsent,
        OfflineAgeOfConsent = rules.OfflineAgeOfConsent,
        AdultAge = rules.AdultAge,
        MayProfileMinors = rules.MayProfileMinors,
    };

    public static Wire.SpecialCategoryCondition ToWire(this SpecialCategoryRule rule) => new()
    {
        Purpose = (Wire.Purpose)rule.Purpose,
        Condition = rule.Condition,
        Reference = rule.Reference,
        Categories = { rule.Categories.Members().Select(category => (Wire.SpecialCategory)category) },
    };

    public static Wire.Assessment ToWire(this Assessment assessment) => new()
    {
        AssessmentId = assessment.Reference,
        Purpose = (Wire.Purpose)assessment.Purpose,
        ContactChannels = { assessment.ContactChannels.Order().Select(channel => (Wire.ContactChannel)channel) },
        FromAt = assessment.From.ToWire(),
        UntilAt = assessment.Until.ToWire(),
    };

    public static Wire.ObjectionReach ToWire(this KeyValuePair<Purpose, IReadOnlySet<Purpose>> reach) =>
        new() { Purpose = (Wire.Purpose)reach.Key, Reaches = { reach.Value.Order().Select(purpose => (Wire.Purpose)purpose) } };
}
