using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Identities;

/// <summary>
/// The matching rule, free of storage: the strongest known identifier decides; what is unknown is linked forward; what
/// leads elsewhere stays where it leads, but for machines, which lead to whoever named themselves on them last. Nothing is ever
/// merged here, and an earlier history is never taken over by a person who turns up later on the same machine (E10, E11).
/// </summary>
public static class IdentityResolver
{
    /// <param name="find">Where an identifier leads; null: nowhere.</param>
    /// <param name="identifiersOf">All identifiers that lead to a profile.</param>
    public static Resolution Resolve(
        IReadOnlyList<IdentifierHash> identifiers,
        IdentityRules rules,
        Func<IdentifierHash, ProfileId?> find,
        Func<ProfileId, IEnumerable<IdentifierHash>> identifiersOf)
    {
        if (identifiers is [var only] && rules.LeadsToAProfile(only.Kind) && find(only) is { } whose)
        {
            // Nothing beside it that could lead elsewhere, be linked or be somebody else's number.
            return Resolution.Of(whose);
        }

        List<IdentifierHash> usable = [.. identifiers
            .Where(identifier => rules.LeadsToAProfile(identifier.Kind))
            .Distinct()
            .OrderByDescending(identifier => rules.Of(identifier.Kind).Priority)];
        var namesAPerson = usable.Exists(identifier => rules.NamesAPerson(identifier.Kind));
        var profile = usable
            .Where(identifier => !namesAPerson || rules.NamesAPerson(identifier.Kind))
            .Select(find)
            .FirstOrDefault(found => found is { } known && !IsSomebodyElse(rules, usable, find, known, identifiersOf(known)));
        List<IdentifierHash> unknown = [.. usable.Where(identifier => find(identifier) is null)];
        List<(IdentifierHash Machine, ProfileId From)> elsewhere = namesAPerson
            ? [.. usable.Where(identifier => rules.NamesAMachine(identifier.Kind) && find(identifier) is { } other && other != profile).Select(machine => (machine, find(machine)!.Value))]
            : [];
        return profile is null && unknown.Count == 0 ? Resolution.OfNobody(usable)
            : unknown.Count + elsewhere.Count == 0 ? Resolution.Of(profile)
            : Link(rules, profile, unknown, elsewhere, profile is { } own ? identifiersOf(own) : []);
    }

    /// <summary>Of each kind and numbering no more than one profile may have, in the order of their strength.</summary>
    private static Resolution Link(
        IdentityRules rules,
        ProfileId? profile,
        List<IdentifierHash> unknown,
        List<(IdentifierHash Machine, ProfileId From)> elsewhere,
        IEnumerable<IdentifierHash> known)
    {
        // Under two keys one value has two hashes: those of the key that has most are counted.
        var counts = known.Distinct().CountBy(identifier => (identifier.Kind, identifier.Scheme, identifier.KeyVersion))
            .GroupBy(count => (count.Key.Kind, count.Key.Scheme))
            .ToDictionary(numbers => numbers.Key, numbers => numbers.Max(count => count.Value));
        bool HasRoom(IdentifierHash identifier)
        {
            var count = counts.GetValueOrDefault((identifier.Kind, identifier.Scheme));
            counts[(identifier.Kind, identifier.Scheme)] = count + 1;
            return count < (rules.Of(identifier.Kind) is { IsUnique: false, AtMost: var most } ? most : 1);
        }

        var unlinked = unknown.ToLookup(HasRoom);
        var taken = elsewhere.ToLookup(machine => HasRoom(machine.Machine));
        return new(
            profile,
            [.. unlinked[true]],
            taken[true].ToDictionary(),
            [.. unlinked[false], .. taken[false].Select(machine => machine.Machine)]);
    }

    /// <summary>The profile has a number of its own, and what is sent has another of that numbering and not that one.</summary>
    private static bool IsSomebodyElse(IdentityRules rules, List<IdentifierHash> sent, Func<IdentifierHash, ProfileId?> find, ProfileId profile, IEnumerable<IdentifierHash> known)
    {
        HashSet<(IdentifierKind, uint)> own = [.. known.Where(identifier => rules.Of(identifier.Kind).IsUnique).Select(identifier => (identifier.Kind, identifier.Scheme))];
        return own.Count > 0
            && sent.Where(identifier => own.Contains((identifier.Kind, identifier.Scheme)))
                .GroupBy(identifier => (identifier.Kind, identifier.Scheme))
                .Any(numbers => !numbers.Any(number => find(number) == profile));
    }
}
