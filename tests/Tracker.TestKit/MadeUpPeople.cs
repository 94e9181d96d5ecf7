using System.Globalization;
using Tracker.Core.Identities.Matching;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.TestKit;

/// <summary>
/// Made-up people whose names many share and whose addresses are made of their names, so that two people are easily taken for one; no two people have the same e-mail address. A third of what
/// a profile could state is missing, and of further profiles of somebody some is misspelt, old or another's.
/// </summary>
public sealed class MadeUpPeople(int seed)
{
    private static readonly string[] Given =
    [
        "Marco", "Giulia", "Luca", "Maria", "Andrea", "Chiara", "Francesco", "Sara", "Alessandro", "Francesca", "Matteo", "Anna", "Lorenzo", "Elena", "Davide", "Martina", "Simone",
        "Valentina", "Giuseppe", "Federica", "Antonio", "Silvia", "Giovanni", "Laura", "Roberto", "Alessia", "Stefano", "Elisa", "Paolo", "Giorgia", "Vittoria", "Bianca",
    ];

    private static readonly string[] Begin = ["Ros", "Bian", "Ferr", "Esp", "Rom", "Col", "Ric", "Mar", "Gre", "Brun", "Gall", "Cont", "Man", "Riz", "Lomb", "Mor", "Bar", "Fon", "San", "Ser"];
    private static readonly string[] End = ["si", "chi", "ari", "sito", "ano", "ombo", "ci", "ino", "co", "o", "eli", "i", "ta", "ini", "etti", "oni", "ucci", "ello", "ese", "aro"];
    private static readonly string[] Cities = ["Milano", "Roma", "Torino", "Napoli", "Bologna", "Firenze", "Genova", "Verona", "Padova", "Bari", "Catania", "Palermo", "Modena", "Parma", "Trieste", "Siena"];
    private static readonly string[] Streets = ["Roma", "Garibaldi", "Mazzini", "Verdi", "Dante", "Cavour", "Manzoni", "Marconi", "Leopardi", "Piave"];
    private static readonly string[] Hosts = ["gmail.com", "libero.it", "hotmail.it"];

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _taken = [];

    public LabelledPeople Make(int profiles)
    {
        List<MatchDetails> people = [];
        Dictionary<ProfileId, string> clusters = [];
        for (var person = 0; people.Count < profiles; person++)
        {
            var whole = Person();
            for (var profile = Often(0.7) ? 1 : _random.Next(2, 5); profile > 0 && people.Count < profiles; profile--)
            {
                var id = new ProfileId(new Guid(people.Count + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
                people.Add(MatchDetails.Of(id, Stated(profile == 1 ? whole : Erring(whole))));
                clusters.Add(id, person.ToString(CultureInfo.InvariantCulture));
            }
        }

        return new(people, clusters);
    }

    private ContactDetails Person()
    {
        var (given, family) = (Given[Skewed(Given.Length)], Begin[_random.Next(Begin.Length)] + End[Skewed(End.Length)]);
        return Moved(new()
        {
            GivenName = given,
            FamilyName = family,
            BirthDate = new DateOnly(1940, 1, 1).AddDays(_random.Next(24_000)),
            Email = NewAddress($"{given}.{family}{(Often(0.5) ? "" : _random.Next(1, 100))}"),
            Phone = NewPhone(),
        });
    }

    private ContactDetails Erring(ContactDetails whole)
    {
        var erring = whole with
        {
            GivenName = Often(0.12) ? Slip(whole.GivenName!) : whole.GivenName,
            FamilyName = Often(0.12) ? Slip(whole.FamilyName!) : whole.FamilyName,
            BirthDate = Often(0.1) ? whole.BirthDate!.Value.AddMonths(_random.Next(1, 12)) : whole.BirthDate,
            Email = Often(0.5) ? NewAddress($"{whole.GivenName![0]}{whole.FamilyName}") : whole.Email,
            Phone = Often(0.4) ? NewPhone() : whole.Phone,
        };
        return Often(0.15) ? Moved(erring) : erring;
    }

    private ContactDetails Stated(ContactDetails details) => new()
    {
        GivenName = Often(0.05) ? null : details.GivenName,
        FamilyName = Often(0.05) ? null : details.FamilyName,
        BirthDate = Often(0.35) ? null : details.BirthDate,
        Email = Often(0.35) ? null : details.Email,
        Phone = Often(0.35) ? null : details.Phone,
        PostalAddress = Often(0.35) ? null : details.PostalAddress,
    };

    private ContactDetails Moved(ContactDetails details) =>
        details with { PostalAddress = new() { Lines = [$"Via {Of(Streets)} {_random.Next(1, 150)}"], Locality = Cities[Skewed(Cities.Length)] } };

    /// <summary>Nobody has it yet.</summary>
    private string NewAddress(string name)
    {
        var address = $"{name}@{Of(Hosts)}";
        while (!_taken.Add(address))
        {
            address = $"{name}{_random.Next(1, 10_000)}@{Of(Hosts)}";
        }

        return address;
    }

    private string NewPhone() => string.Create(CultureInfo.InvariantCulture, $"+393{_random.Next(100_000_000, 1_000_000_000)}");

    private string Slip(string name)
    {
        var at = _random.Next(name.Length - 1);
        return Often(0.5) ? name.Remove(at, 1) : $"{name[..at]}{name[at + 1]}{name[at]}{name[(at + 2)..]}";
    }

    /// <summary>The first a few times as often as the last.</summary>
    private int Skewed(int count) => (int)(count * Math.Pow(_random.NextDouble(), 2));

    private string Of(string[] texts) => texts[_random.Next(texts.Length)];

    private bool Often(double chance) => _random.NextDouble() < chance;
}
