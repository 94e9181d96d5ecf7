using Tracker.Core.Ingestion;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Ingestion;

internal static class InteractionOutcomeMapping
{
    public static Wire.RecordInteractionResponse ToWire(this InteractionOutcome outcome) =>
        new() { Result = ToWire(outcome, "interaction") };

    public static IEnumerable<Wire.InteractionResult> ToWire(this IReadOnlyList<InteractionOutcome> outcomes) =>
        outcomes.Select((outcome, i) => ToWire(outcome, outcome.Violations.Count == 0 ? "" : $"interactions[{i}]"));

    private static Wire.InteractionResult ToWire(InteractionOutcome outcome, string item) => new()
    {
        MessageId = outcome.MessageId,
        Outcome = (Wire.Outcome)outcome.Outcome,
        Reason = outcome.Reason.ToWire(),
        InteractionId = outcome.Key?.ToString() ?? "",
        DecisionId = outcome.Decision?.Id.ToString() ?? "",
        PolicyVersion = outcome.PolicyVersion,
        PolicySha256 = Convert.ToHexStringLower(outcome.PolicySha256.Span),
        Grants = { outcome.Grants.Select(GrantMapping.ToWire) },
        Denials = { outcome.Denials.Select(denial => new Wire.PurposeDenial { Purpose = (Wire.Purpose)denial.Purpose, Reason = denial.Reason.ToWire() }) },
        StrippedFields = { outcome.StrippedFields },
        Violations = { outcome.Violations.ToWire(item) },
    };
}
