using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>What becomes of what is known of an age when somebody states a birth date or a residence: the same in whatever order statements arrive.</summary>
internal static class AgeStatements
{
    private const int MaxResidences = 20;

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

    /// <summary>Who is of age lives where they said last; a minor is remembered where. Of two countries of one instant the one counts where they decide alone later.</summary>
    private static SubjectAge Living(this ChildRules rules, SubjectAge known, Residence stated)
    {
        List<Residence> all = [.. known.Lived];
        var same = all.FindIndex(residence => residence.StatedAt == stated.StatedAt);
        if (same < 0)
        {
            all.Insert(all.Count(residence => residence.StatedAt < stated.StatedAt), stated);
        }
        else if (rules.AgeIn(stated.Country) > rules.AgeIn(all[same].Country))
        {
            all[same] = stated;
        }

        // Said again is nothing new.
        all = [.. all.Where((residence, i) => i == 0 || residence.Country != all[i - 1].Country)];
        var isMinor = !known.HasReached(rules.AdultAge, DateOnly.FromDateTime(all[^1].StatedAt.UtcDateTime));
        IReadOnlyList<Residence> kept = isMinor ? [.. all.TakeLast(MaxResidences)] : [all[^1]];
        return kept.SequenceEqual(known.Lived) ? known : known with { Country = kept[^1].Country, Residences = kept };
    }
}
