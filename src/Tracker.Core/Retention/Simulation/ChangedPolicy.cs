using System.Text;
using System.Text.Json.Nodes;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.Reading;

namespace Tracker.Core.Retention.Simulation;

/// <summary>
/// The policy as it would be with other ends, read like any policy and within the bounds of its base: what would be refused at
/// start is refused here.
/// </summary>
internal static class ChangedPolicy
{
    /// <exception cref="RefusalException">A rule is not there, or the changed policy is not valid.</exception>
    public static Policy Of(Policy policy, IReadOnlyList<RuleChange> changes)
    {
        var document = PolicyJson.Parse(policy.Version, policy.Document.Span);
        var rules = document["rules"]!.AsArray().ToDictionary(rule => (string)rule!["id"]!, rule => rule!.AsObject());
        var violations = new Violations();
        for (var i = 0; i < changes.Count; i++)
        {
            if (rules.TryGetValue(changes[i].RuleId, out var rule))
            {
                Change(rule, changes[i]);
            }
            else
            {
                violations.Require(holds: false, $"changes[{i}].rule_id", "names no rule of the policy in force");
            }
        }

        violations.Refuse();
        try
        {
            var changed = PolicyReader.Read(policy.Version, Encoding.UTF8.GetBytes(document.ToJsonString()));
            return PolicyReader.WithinBounds(BaseOf(policy, document), changed);
        }
        catch (PolicyInvalidException refused)
        {
            violations.AddRange(refused.Errors.Select(error => new Violation("changes", error)));
            throw RefusalException.InvalidRequest(violations.Found);
        }
    }

    /// <summary>An overlay is bound by what it is laid on; a tenant changes a shipped profile by an overlay on it.</summary>
    private static Policy BaseOf(Policy policy, JsonObject document) =>
        document["based_on"] is { } below ? PolicyRegister.LoadShipped(((string)below!).Split('@')[0]) : policy;

    private static void Change(JsonObject rule, RuleChange change)
    {
        if (change.Ends.Count > 0)
        {
            rule["ends"] = new JsonArray([.. change.Ends.Select(end => new JsonObject
            {
                ["anchor"] = end.Anchor,
                ["period"] = end.Period,
                ["kind"] = end.IsFloor ? "MIN" : "MAX",
            })]);
        }

        if (change.OuterCap.Length > 0)
        {
            rule["outer_cap"] = change.OuterCap;
        }
    }
}
