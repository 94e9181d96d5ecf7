namespace Tracker.Core.Identities.Matching;

/// <summary>
/// Who is compared with whom: those who have something whole in common. Everybody with everybody would be a number that grows with its square; a
/// block that more share than <see cref="MaxSize"/> tells nobody apart and is left out.
/// </summary>
internal static class MatchBlocks
{
    public const int MaxSize = 60;

    /// <returns>Pairs of places, the lower first, each once.</returns>
    public static HashSet<(int One, int Other)> Pairs(IReadOnlyList<MatchDetails> people) => Pairs(people, Keys);

    public static HashSet<(int One, int Other)> Pairs(IReadOnlyList<MatchDetails> people, Func<MatchDetails, IEnumerable<string>> keys)
    {
        Dictionary<string, List<int>> blocks = [];
        for (var place = 0; place < people.Count; place++)
        {
            foreach (var key in keys(people[place]).Distinct())
            {
                var block = blocks.TryGetValue(key, out var known) ? known : blocks[key] = [];
                block.Add(place);
            }
        }

        HashSet<(int, int)> pairs = [];
        foreach (var block in blocks.Values.Where(block => block.Count <= MaxSize))
        {
            for (var one = 0; one < block.Count; one++)
            {
                for (var other = one + 1; other < block.Count; other++)
                {
                    pairs.Add((block[one], block[other]));
                }
            }
        }

        return pairs;
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
