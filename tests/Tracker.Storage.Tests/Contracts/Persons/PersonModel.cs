using Tracker.Core.Model;

namespace Tracker.Storage.Tests.Contracts.Persons;

/// <summary>Who is whom, by brute force: profiles are sets of identifiers, people are sets of profiles, all of it counted anew each time.</summary>
internal sealed class PersonModel
{
    // Strongest first; those up to the telephone name a person, the others a machine.
    private static readonly List<IdentifierKind> Order = [IdentifierKind.CustomerNumber, IdentifierKind.LoyaltyCard, IdentifierKind.Email, IdentifierKind.Phone, IdentifierKind.Device, IdentifierKind.Cookie];

    private readonly List<HashSet<Identifier>> _profiles = [];
    private readonly List<(int A, int B, bool IsInForce)> _links = [];

    public void See(IReadOnlyList<Identifier> sent)
    {
        var ordered = sent.Distinct().OrderBy(identifier => Order.IndexOf(identifier.Kind)).ToList();
        var deciding = ordered.Exists(NamesAPerson) ? ordered.FindAll(NamesAPerson) : ordered;
        var profile = deciding.Select(ProfileOf).Where(found => found >= 0 && !IsSomebodyElse(found, sent)).Append(-1).First();
        if (profile < 0)
        {
            _profiles.Add([]);
            profile = _profiles.Count - 1;
        }

        foreach (var identifier in ordered.Where(identifier => ProfileOf(identifier) < 0 || IsMachineThatMoves(identifier, sent)))
        {
            if (identifier.Kind != IdentifierKind.CustomerNumber || !HasNumber(profile))
            {
                _profiles.ForEach(other => other.Remove(identifier));
                _profiles[profile].Add(identifier);
            }
        }
    }

    public bool MayMerge(Identifier first, Identifier second)
    {
        var (a, b) = (ProfileOf(first), ProfileOf(second));
        return a >= 0 && b >= 0 && a != b && (AreLinked(a, b) || HaveOneNumber(a, b));
    }

    /// <returns>Whether a link is added: one between the two in force is enough.</returns>
    public bool Merge(Identifier first, Identifier second)
    {
        var (a, b) = (ProfileOf(first), ProfileOf(second));
        if (AreLinked(a, b))
        {
            return false;
        }

        _links.Add((a, b, true));
        return true;
    }

    public void Unmerge(int number) => _links[number] = _links[number] with { IsInForce = false };

    /// <summary>For each identifier that leads to somebody, all that lead to the same person.</summary>
    public Dictionary<Identifier, HashSet<Identifier>> Partition() => _profiles.SelectMany((profile, i) => profile.Select(identifier => (identifier, i)))
        .ToDictionary(pair => pair.identifier, pair => PersonOf(pair.i).SelectMany(profile => _profiles[profile]).ToHashSet());

    private bool AreLinked(int a, int b) => _links.Exists(link => link.IsInForce && (link == (a, b, true) || link == (b, a, true)));

    private bool HaveOneNumber(int a, int b) =>
        PersonOf(a).Union(PersonOf(b)).SelectMany(profile => _profiles[profile]).Where(identifier => identifier.Kind == IdentifierKind.CustomerNumber).Distinct().Count() <= 1;

    private int ProfileOf(Identifier identifier) => _profiles.FindIndex(profile => profile.Contains(identifier));

    private static bool NamesAPerson(Identifier identifier) => identifier.Kind is not (IdentifierKind.Device or IdentifierKind.Cookie);

    private static bool IsMachineThatMoves(Identifier identifier, IReadOnlyList<Identifier> sent) => !NamesAPerson(identifier) && sent.Any(NamesAPerson);

    private bool IsSomebodyElse(int profile, IReadOnlyList<Identifier> sent)
    {
        var named = sent.Where(identifier => identifier.Kind == IdentifierKind.CustomerNumber).ToList();
        return HasNumber(profile) && named.Count > 0 && !_profiles[profile].Overlaps(named);
    }

    /// <summary>A person has one, whichever of the profiles it leads to.</summary>
    private bool HasNumber(int profile) => PersonOf(profile).Any(member => _profiles[member].Any(identifier => identifier.Kind == IdentifierKind.CustomerNumber));

    private HashSet<int> PersonOf(int profile)
    {
        HashSet<int> person = [profile];
        for (var before = 0; before < person.Count;)
        {
            before = person.Count;
            foreach (var (a, b, _) in _links.Where(link => link.IsInForce && (person.Contains(link.A) || person.Contains(link.B))))
            {
                person.UnionWith([a, b]);
            }
        }

        return person;
    }
}
