using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What becomes of what is known of an age when somebody states a birth date or a residence: the same in whatever order statements arrive.</summary>
public static class AgeStatements
{
    private const int MaxResidences = 20;

    /// <param name="known">Null: nothing is.</param>
    /// <param name="stated">With a decision; null: nothing is.</param>
    public static SubjectAge? Stating(this ChildRules rules, SubjectAge? known, SubjectAge? stated, DateTimeOffset at) => stated is null
        ? known
        : rules.Stating(known, stated.BirthDate, stated.Country.Length > 0 ? stated.Country : null, at);

    /// <param name="known">Null: nothing is.</param>
    /// <param name="birthDate">Null: not stated.</param>
    /// <param name="country">Null: not stated.</param>
    /// <returns>The same object where nothing changes; null: no birth date is known.</returns>
    public static SubjectAge? Stating(this ChildRules rules, SubjectAge? known, DateOnly? birthDate, string? country, DateTimeOffset at)
    {
        if (known is null)
        {
            return birthDate is { } first ? new SubjectAge(first, country ?? "") { StatedAt = at } : null;
        }

        var isNewer = birthDate is { } stated && (at > known.StatedAt || (at == known.StatedAt && stated > known.BirthDate));
        var dated = isNewer ? known with { BirthDate = birthDate!.Value, StatedAt = at, Residences = known.Lived } : known;
        return country is null ? dated : rules.Living(dated, new(country, at));
    }

    /// <summary>
    /// Who is of age lives where they said last; all that they said as a minor is remembered beside it, also what says the same again, because what was said in between may
    /// arrive later. Of two countries of one instant the one counts where they decide alone later. That an adult says the same again is not remembered: each order would
    /// write the age anew, and what is said late of another country in between counts as the last then.
    /// </summary>
    private static SubjectAge Living(this ChildRules rules, SubjectAge known, Residence stated)
    {
        bool IsAdult(Residence residence) => known.HasReached(rules.AdultAge, DateOnly.FromDateTime(residence.StatedAt.UtcDateTime));

        List<Residence> all = [.. known.Lived];
        var same = all.FindIndex(residence => residence.StatedAt == stated.StatedAt);
        if (same < 0)
        {
            all.Insert(all.Count(residence => residence.StatedAt < stated.StatedAt), stated);
        }
        else
        {
            all[same] = stated with { Country = rules.Stricter(all[same].Country, stated.Country) };
        }

        all = [.. all.Where((residence, i) => i == all.Count - 1 || !IsAdult(residence))];
        if (known.Lived is [.., var last] && last.Country == all[^1].Country && IsAdult(last) && IsAdult(all[^1]))
        {
            all[^1] = last;
        }

        Shorten(rules, all);
        return all.SequenceEqual(known.Lived) ? known : known with { Country = all[^1].Country, Residences = all };
    }

    /// <summary>Where there are too many, first what only says again what is said before and after it; then the two oldest become one, of the stricter country.</summary>
    private static void Shorten(ChildRules rules, List<Residence> all)
    {
        while (all.Count > MaxResidences)
        {
            var again = Enumerable.Range(1, all.Count - 2).FirstOrDefault(i => all[i].Country == all[i - 1].Country && all[i].Country == all[i + 1].Country);
            if (again > 0)
            {
                all.RemoveAt(again);
            }
            else
            {
                all[0] = all[0] with { Country = rules.Stricter(all[0].Country, all[1].Country) };
                all.RemoveAt(1);
            }
        }
    }
}
