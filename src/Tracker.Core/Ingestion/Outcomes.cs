using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;

namespace Tracker.Core.Ingestion;

/// <summary>The answers, made in one place.</summary>
internal static class Outcomes
{
    public static InteractionOutcome Permitted(Interaction interaction, InteractionDecision decision, Resolution resolution)
    {
        var stripped = Stripped(interaction.PlacesWithout(resolution.Left), decision);
        return new()
        {
            MessageId = interaction.MessageId,
            Outcome = decision.Denials.Count == 0 && stripped.Count == 0 ? Outcome.Accepted : Outcome.AcceptedStripped,
            Key = interaction.Key,
            Decision = decision.Decision,
            PolicyVersion = decision.Decision.PolicyVersion,
            PolicySha256 = decision.Decision.PolicySha256,
            Grants = decision.Grants,
            Denials = decision.Denials,
            StrippedFields = stripped,
        };
    }

    private static IReadOnlyList<string> Stripped(IReadOnlyList<int> places, InteractionDecision decision) =>
        places.Count + decision.StrippedParts.Count == 0 && decision.Stripped.IsEmpty ? [] :
        [
            .. places.Select(place => $"identifiers[{place}]"),
            .. decision.Stripped.Members().Select(field => field.Path()).Concat(decision.StrippedParts).Select(path => $"content.{path}"),
        ];

    public static InteractionOutcome Denied(Interaction interaction, InteractionDecision decision) => new()
    {
        MessageId = interaction.MessageId,
        Outcome = Outcome.Denied,
        Reason = Gate.Summarise(decision.Denials),
        PolicyVersion = decision.Decision.PolicyVersion,
        PolicySha256 = decision.Decision.PolicySha256,
        Denials = decision.Denials,
    };

    /// <summary>Says where it is stored: whoever repeats a message has sent it and may know.</summary>
    public static InteractionOutcome Duplicate(Interaction interaction) => new()
    {
        MessageId = interaction.MessageId,
        Outcome = Outcome.Duplicate,
        Key = interaction.Key,
    };
}
