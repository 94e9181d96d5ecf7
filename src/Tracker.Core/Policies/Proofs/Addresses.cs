using Tracker.Core.Model;

namespace Tracker.Core.Policies.Proofs;

/// <summary>Whoever holds one address has said nothing for another (Garante 330/2025, C8; E07).</summary>
internal static class Addresses
{
    /// <summary>
    /// Whether addresses of one kind are named and none of them is one that it was given for. Where none of that kind is named, or
    /// it was given for none, it is about the person.
    /// </summary>
    public static bool AreOthers(IReadOnlyList<IdentifierHash> given, IReadOnlyList<IdentifierHash> named)
    {
        for (var i = 0; given.Count > 0 && i < named.Count; i++)
        {
            if (AreOthers(given, named, named[i].Kind))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of one kind alone, one of which is named.</summary>
    public static bool AreOthers(IReadOnlyList<IdentifierHash> given, IReadOnlyList<IdentifierHash> named, IdentifierKind kind) =>
        HaveKind(given, kind) && !Meet(given, named, kind);

    public static bool HaveKind(IReadOnlyList<IdentifierHash> given, IdentifierKind kind)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i].Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Meet(IReadOnlyList<IdentifierHash> given, IReadOnlyList<IdentifierHash> named, IdentifierKind kind)
    {
        for (var i = 0; i < named.Count; i++)
        {
            for (var j = 0; named[i].Kind == kind && j < given.Count; j++)
            {
                // Under two keys the same address has two hashes.
                if (named[i].IsOfSame(given[j]))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
