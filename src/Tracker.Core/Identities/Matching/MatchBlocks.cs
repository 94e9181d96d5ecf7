namespace Tracker.Core.Identities.Matching;

/// <summary>
/// Who is compared with whom: those who have something whole in common. Everybody with everybody would be a number that grows with its square; a
/// block that more share than <see cref="MaxSize"/> tells nobody apart and is left out.
/// </summary>
internal sealed class MatchBlocks
{
    public const int MaxSize = 60;

    private readonly List<List<int>> _blocks = [];
    private readonly int[][] _blocksOf;

    public MatchBlocks(IReadOnlyList<MatchDetails> people, Func<MatchDetails, IEnumerable<string>> keys)
    {
        Dictionary<string, int> known = [];
        _blocksOf = new int[people.Count][];
        for (var place = 0; place < people.Count; place++)
        {
            List<int> blocks = [.. keys(people[place]).Distinct().Select(key => Block(known, key)).Order()];
            blocks.ForEach(block => _blocks[block].Add(place));
            _blocksOf[place] = [.. blocks];
        }
    }

    public static MatchBlocks Of(IReadOnlyList<MatchDetails> people) => new(people, Keys);

    /// <returns>Pairs of places, the lower first, each once: in the first block that has both.</returns>
    public IEnumerable<(int One, int Other)> Pairs()
    {
        for (var block = 0; block < _blocks.Count; block++)
        {
            var members = _blocks[block];
            for (var one = 0; IsCompared(block) && one < members.Count; one++)
            {
                for (var other = one + 1; other < members.Count; other++)
                {
                    if (FirstOf(members[one], members[other]) == block)
                    {
                        yield return (members[one], members[other]);
                    }
                }
            }
        }
    }

    private int Block(Dictionary<string, int> known, string key)
    {
        if (!known.TryGetValue(key, out var block))
        {
            known[key] = block = _blocks.Count;
            _blocks.Add([]);
        }

        return block;
    }

    private bool IsCompared(int block) => _blocks[block].Count is > 1 and <= MaxSize;

    private int FirstOf(int one, int other)
    {
        var (blocks, others) = (_blocksOf[one], _blocksOf[other]);
        var (i, j) = (0, 0);
        while (i < blocks.Length && j < others.Length)
        {
            if (blocks[i] == others[j] && IsCompared(blocks[i]))
            {
                return blocks[i];
            }

            (i, j) = blocks[i] <= others[j] ? (i + 1, j) : (i, j + 1);
        }

        return -1;
    }

    private static IEnumerable<string> Keys(MatchDetails person)
    {
        var (given, family, born, city) = (person.GivenName, person.FamilyName, person.BirthDate, person.City);
        if (born.Length > 0)
        {
            yield return $"born {born}";
            yield return $"month {born[..7]}";
            yield return $"day {born[5..]}";
            yield return $"year and day {born[..4]}{born[8..]}";
        }

        foreach (var name in new[] { given, family }.Where(name => name.Length > 0 && born.Length > 0))
        {
            yield return $"initial and year {name[0]}{born[..4]}";
            yield return $"initial and day {name[0]}{born[5..]}";
            yield return $"name and year {name} {born[..4]}";
        }

        if (person.Email.Length > 0)
        {
            var local = MatchDetails.LocalPart(person.Email);
            yield return $"local {local}";
            yield return $"begins {local[..Math.Min(4, local.Length)]}";
            yield return $"host {person.Email[local.Length..]} {local[..Math.Min(2, local.Length)]}";
        }

        if (given.Length > 0 && family.Length > 0)
        {
            yield return string.CompareOrdinal(given, family) < 0 ? $"name {given} {family}" : $"name {family} {given}";
        }

        if (family.Length > 0)
        {
            yield return $"family {family}";
        }

        foreach (var name in new[] { given, family }.Where(name => name.Length > 0 && city.Length > 0))
        {
            yield return $"name and city {name} {city}";
        }

        if (person.Phone.Length > 0)
        {
            yield return $"phone {person.Phone}";
        }

        if (person.Address.Length > 0)
        {
            yield return $"address {person.Address} {city}";
        }
    }
}
