using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies;

/// <summary>From which age a person decides alone (GDPR Art. 8; art. 2-quinquies Codice Privacy).</summary>
public sealed record ChildRules
{
    /// <summary>Country whose rules count where the person's is not known.</summary>
    public required string Country { get; init; }

    /// <summary>Age of consent to online services by country, ISO 3166-1 alpha-2.</summary>
    public required FrozenDictionary<string, int> AgeOfConsent { get; init; }

    /// <summary>Where a country is not in the table.</summary>
    public required int DefaultAgeOfConsent { get; init; }

    /// <summary>Consent in a shop or on paper is outside Art. 8.</summary>
    public required int OfflineAgeOfConsent { get; init; }

    /// <summary>Below it, profiling and personalisation are denied (recital 71) unless <see cref="MayProfileMinors"/>.</summary>
    public required int AdultAge { get; init; }

    public required bool MayProfileMinors { get; init; }

    /// <summary>From which a person decides alone where they live now.</summary>
    public int AgeFor(SubjectAge age, bool isOffline) => isOffline ? OfflineAgeOfConsent : AgeIn(age.Country);

    /// <summary>From which a person decides alone where they lived at that instant.</summary>
    public int AgeFor(SubjectAge age, bool isOffline, DateTimeOffset instant) => isOffline ? OfflineAgeOfConsent : AgeIn(age.CountryAt(instant));

    /// <summary>Of two countries the one where a person decides alone later; where that is the same, the one whose name comes first.</summary>
    public string Stricter(string one, string other) => new[] { one, other }.Order(StringComparer.Ordinal).MaxBy(AgeIn)!;

    /// <summary>From which a person decides alone on online services.</summary>
    /// <param name="country">ISO 3166-1 alpha-2; empty: the policy's own.</param>
    public int AgeIn(string country) => AgeOfConsent.GetValueOrDefault(country.Length == 0 ? Country : country, DefaultAgeOfConsent);
}
