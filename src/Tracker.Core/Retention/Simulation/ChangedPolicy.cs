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
    /// <param name="purpose">What the question is for.</param>
    /// <exception cref="RefusalException">A rule is not there or none of that purpose, changes nothing, or the changed policy is not valid.</exception>
    public static Policy Of(Policy policy, Purpose purpose, IReadOnlyList<RuleChange> changes)
    {
        var violations = new Violations();
        for (var i = 0; i < changes.Count; i++)
        {
            var rule = policy.Rules.FirstOrDefault(rule => rule.Id == changes[i].RuleId);
            violations.AddIf($"changes[{i}].rule_id", rule is null ? "names no rule of the policy in force" : FaultOf(rule, purpose, changes.Take(i)));
        }

        violations.Refuse();
        var changed = Read(policy, changes);
        for (var i = 0; i < changes.Count; i++)
        {
            violations.Require(!IsSame(policy, changed, changes[i].RuleId), $"changes[{i}]", "changes nothing: the terminators and the outer_cap of the rule are these");
        }

        violations.Refuse();
        return changed;
    }

    /// <summary>A rule of one purpose is no business of another (GDPR Art. 5(1)(b)); that of an interest is of any.</summary>
    private static string? FaultOf(RetentionRule rule, Purpose purpose, IEnumerable<RuleChange> earlier) =>
        earlier.Any(change => change.RuleId == rule.Id) ? "names a rule that an earlier change names already"
        : purpose == Purpose.RightsHandling || (rule.Purpose ?? purpose) == purpose ? null
        : $"names a rule of {EnumNames<Purpose>.Of(rule.Purpose!.Value)}, and {EnumNames<Purpose>.Of(purpose)} has no such rule: ask for the purpose of the rule, or for RIGHTS_HANDLING of any";

    private static Policy Read(Policy policy, IReadOnlyList<RuleChange> changes)
    {
        var document = PolicyJson.Parse(policy.Version, policy.Document.Span);
        var rules = document["rules"]!.AsArray().ToDictionary(rule => (string)rule!["id"]!, rule => rule!.AsObject());
        foreach (var change in changes)
        {
            Change(rules[change.RuleId], change);
        }

        try
        {
            var changed = PolicyReader.Read(policy.Version, Encoding.UTF8.GetBytes(document.ToJsonString()));
            changed.Succeed(policy);
            return PolicyReader.WithinBounds(BaseOf(policy, document), changed);
        }
        catch (PolicyInvalidException refused)
        {
            var violations = new Violations();
            violations.AddRange(refused.Errors.Select(error => ToViolation(error, changes)));
            throw RefusalException.InvalidRequest(violations.Found);
        }
    }

    private static bool IsSame(Policy policy, Policy changed, string id)
    {
        var (before, after) = (policy.Rules.Single(rule => rule.Id == id), changed.Rules.Single(rule => rule.Id == id));
        return before.Terminators.SequenceEqual(after.Terminators) && before.OuterCap == after.OuterCap;
    }

    /// <summary>An error by the path of a policy becomes one by the field of the change that wrote what stands there.</summary>
    private static Violation ToViolation(PolicyError error, IReadOnlyList<RuleChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var rule = Findings.Item("$.rules", changes[i].RuleId, i);
            if (error.Path.StartsWith(rule, StringComparison.Ordinal))
            {
                var member = error.Path[rule.Length..];
                var field = member.Length == 0 ? ".terminators" : member.Replace(".ends", ".terminators", StringComparison.Ordinal);
                return new($"changes[{i}]{field}", error.What);
            }
        }

        return new("changes", $"{error}");
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
