using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>
/// Parts a micro-batch where nothing of one part has to do with anything of another: no person, no identifier, no number of an
/// order or contract, no repeat. Within a part everything keeps its order.
/// </summary>
internal sealed class IndependentParts
{
    // Each part asks the store the same questions, whatever its size.
    private const int LeastOfPart = 100;

    private readonly int[] _joined;
    private readonly Dictionary<ProfileId, int> _profiles = [];
    private readonly Dictionary<IdentifierHash, int> _identifiers = [];
    private readonly Dictionary<UInt128, int> _contracts = [];
    private readonly Dictionary<InteractionKey, int> _keys = [];

    private IndependentParts(IReadOnlyList<PendingInteraction> pending, WorkingSet known)
    {
        _joined = [.. Enumerable.Range(0, pending.Count)];
        for (var place = 0; place < pending.Count; place++)
        {
            JoinAll(pending[place].Interaction, known, place);
        }
    }

    /// <param name="most">As many parts as pay off at a time.</param>
    public static IReadOnlyList<IReadOnlyList<PendingInteraction>> Of(IReadOnlyList<PendingInteraction> pending, WorkingSet known, int most)
    {
        var count = Math.Clamp(pending.Count / LeastOfPart, 1, most);
        return count == 1 ? [pending] : new IndependentParts(pending, known).Part(pending, count);
    }

    private void JoinAll(Interaction interaction, WorkingSet known, int place)
    {
        foreach (var identifier in interaction.Identifiers)
        {
            if (known.Find(identifier) is { } profile)
            {
                Join(_profiles, profile, place);
            }
            else
            {
                foreach (var hash in identifier.UnderAnyKey())
                {
                    Join(_identifiers, hash, place);
                }
            }
        }

        foreach (var contract in interaction.Contracts)
        {
            Join(_contracts, contract.Reference, place);
        }

        Join(_keys, interaction.Key, place);
    }

    private void Join<TKey>(Dictionary<TKey, int> first, TKey key, int place)
        where TKey : notnull
    {
        if (!first.TryAdd(key, place))
        {
            _joined[RootOf(place)] = RootOf(first[key]);
        }
    }

    private int RootOf(int place)
    {
        while (_joined[place] != place)
        {
            place = _joined[place] = _joined[_joined[place]];
        }

        return place;
    }

    private List<PendingInteraction>[] Part(IReadOnlyList<PendingInteraction> pending, int count)
    {
        List<PendingInteraction>[] parts = [.. Enumerable.Range(0, count).Select(_ => new List<PendingInteraction>())];
        var partOf = new Dictionary<int, List<PendingInteraction>>();
        for (var place = 0; place < pending.Count; place++)
        {
            var root = RootOf(place);
            if (!partOf.TryGetValue(root, out var part))
            {
                partOf[root] = part = parts.MinBy(some => some.Count)!;
            }

            part.Add(pending[place]);
        }

        return [.. parts.Where(part => part.Count > 0)];
    }
}
