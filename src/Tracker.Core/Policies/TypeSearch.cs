using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>Types as callers name them.</summary>
public static class TypeSearch
{
    /// <returns>Null: the catalogue has none of that name, and the field "type" is told so.</returns>
    public static InteractionType? FindType(this Policy policy, string name, Violations violations)
    {
        if (policy.Types.TryGetValue(name, out var type))
        {
            return type;
        }

        // The name of a type is the contract's, not a person's: saying it back is what helps.
        var isPlain = Text.CheckName(name, 64) is null;
        violations.Add("type", $"{(isPlain ? $"'{name}' " : "")}is not in the catalogue; PolicyService.GetPolicy lists the types");
        return null;
    }
}
