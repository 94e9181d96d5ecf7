using System.Text.Json.Serialization;

namespace Tracker.Core.Model;

/// <summary>What is known of a person's age, and the country whose rules for children count (GDPR Art. 8).</summary>
/// <param name="Country">ISO 3166-1 alpha-2 of the habitual residence; empty: the policy's own.</param>
public sealed record SubjectAge(DateOnly BirthDate, string Country)
{
    /// <summary>Before it nobody was born who lives.</summary>
    public static readonly DateOnly Earliest = new(1900, 1, 1);

    // Where the day begins first, it is tomorrow already.
    private static readonly TimeSpan Easternmost = TimeSpan.FromHours(14);

    /// <summary>When the birth date was stated: a late message must not overwrite a newer statement.</summary>
    public DateTimeOffset StatedAt { get; init; }

    /// <summary>
    /// Where they said to live, oldest first: while a minor all of it, then the last, which is <see cref="Country"/>. What a child may decide alone is judged by where it
    /// lived then (E13), in whatever order that becomes known. Null: only the one that was stated with the birth date, if one was.
    /// </summary>
    public IReadOnlyList<Residence>? Residences { get; init; }

    /// <summary>Stated to another profile of the person: to a source directed at children it leaves the age unknown, which bars more. In memory only.</summary>
    [JsonIgnore]
    public bool IsOfAnother { get; init; }

    /// <summary>Where they have lived as far as it is remembered, oldest first; empty: nobody said.</summary>
    [JsonIgnore]
    public IReadOnlyList<Residence> Lived => Residences ?? (Country.Length == 0 ? [] : [new(Country, StatedAt)]);

    /// <summary>Whether they have lived in several countries.</summary>
    [JsonIgnore]
    public bool HasMoved => Residences is not null && Residences.Any(residence => residence.Country != Residences[0].Country);

    /// <summary>Whether it says the same, whenever it was stated again.</summary>
    public bool IsSame(SubjectAge? other) => BirthDate == other?.BirthDate && Lived.SequenceEqual(other.Lived);

    /// <returns>Where they lived then, see <see cref="LivedAt"/>; empty: nobody said. The gate asks it of every consent.</returns>
    public string CountryAt(DateTimeOffset instant) => Residences is null ? Country : LivedAt(instant)?.Country ?? "";

    /// <returns>What was stated last by that instant; before the first statement, that; null: nobody said.</returns>
    public Residence? LivedAt(DateTimeOffset instant) => Lived.LastOrDefault(residence => residence.StatedAt <= instant) ?? (Lived is [var first, ..] ? first : null);

    /// <summary>Whether the person had reached that age on that day; who is born on 29 February comes of age on 1 March.</summary>
    public bool HasReached(int years, DateOnly day) => BirthDate.Year + years <= DateOnly.MaxValue.Year && Birthday(years) <= day;

    /// <returns>Why nobody was born on that day; null: somebody may have been.</returns>
    public static string? CheckBirthDate(DateOnly? day, DateTimeOffset now) =>
        day is null || (day >= Earliest && day <= DateOnly.FromDateTime(now.ToOffset(Easternmost).DateTime))
            ? null
            : "must not be before 1900 or in the future";

    /// <summary>The day of that age.</summary>
    public DateOnly Birthday(int years) => BirthDate is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(BirthDate.Year + years)
        ? new(BirthDate.Year + years, 3, 1)
        : BirthDate.AddYears(years);

    // A record would print its values; logs and messages must never hold them.
    public override string ToString() => nameof(SubjectAge);
}
