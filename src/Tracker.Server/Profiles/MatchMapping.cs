using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Profiles.Matching;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Profiles;

internal static class MatchMapping
{
    public static MatchQuery ToCore(this Wire.SuggestMatchesRequest request)
    {
        var violations = new List<Violation>();
        return new()
        {
            Purpose = CoreEnum.Of<Purpose>((int)request.Purpose, new Place(violations), "purpose"),
            MinScore = request.MinScore,
            MaxSuggestions = request.MaxSuggestions,
            MaxProfiles = request.MaxProfiles,
            Violations = violations,
        };
    }

    public static Wire.SuggestMatchesResponse ToWire(this MatchProgress progress) => new()
    {
        Profiles = progress.Profiles,
        Compared = progress.Compared,
        Done = progress.IsDone,
        Complete = progress.IsComplete,
        Suggestions = { progress.Suggestions.Select(ToWire) },
    };

    private static Wire.SuggestedMatch ToWire(SuggestedMatch match) => new()
    {
        FirstProfileId = match.One.ToWire(),
        SecondProfileId = match.Other.ToWire(),
        Score = match.Score,
        Evidence = { match.Evidence.Select(said => new Wire.MatchEvidence { Field = (Wire.MatchField)said.Field, Level = (Wire.MatchLevel)said.Level, Bits = said.Bits }) },
    };
}
