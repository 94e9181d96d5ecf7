using Tracker.Core.Model;

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
        Func<IdentifierHash, ProfileId?> find,
        Func<ProfileId, IEnumerable<IdentifierHash>> identifiersOf)
    {
        List<IdentifierHash> usable = [.. identifiers
            .Where(identifier => identifier.Kind.LeadsToAProfile())
            .OrderByDescending(identifier => IdentifierStrength.Rank(identifier.Kind))];
        var namesAPerson = usable.Any(identifier => identifier.Kind.NamesAPerson());
        ProfileId? profile = null;
        foreach (var identifier in usable)
        {
            if (namesAPerson && !identifier.Kind.NamesAPerson())
            {
                break;
            }

            if (find(identifier) is { } found && !IsSomebodyElse(usable, identifiersOf(found)))
            {
                profile = found;
                break;
            }
        }

        return new(
            profile,
            Linkable(usable.Distinct().Where(identifier => find(identifier) is null), profile is { } own ? identifiersOf(own) : []),
            namesAPerson ? [.. usable.Distinct().Where(identifier => identifier.Kind.NamesAMachine() && find(identifier) is { } other && other != profile)] : []);
    }

    /// <summary>Of a kind that a person has one of, at most one leads to a profile.</summary>
    private static List<IdentifierHash> Linkable(IEnumerable<IdentifierHash> unknown, IEnumerable<IdentifierHash> known)
    {
        HashSet<IdentifierKind> taken = [.. known.Select(identifier => identifier.Kind).Where(kind => kind.IsUniquePerPerson())];
        return [.. unknown.Where(identifier => !identifier.Kind.IsUniquePerPerson() || taken.Add(identifier.Kind))];
    }

    private static bool IsSomebodyElse(List<IdentifierHash> sent, IEnumerable<IdentifierHash> known)
    {
        List<IdentifierHash> unique = [.. known.Where(identifier => identifier.Kind.IsUniquePerPerson())];
        return unique.Count > 0
            && sent.Exists(identifier => identifier.Kind.IsUniquePerPerson())
            && !sent.Exists(unique.Contains);
    }
}
