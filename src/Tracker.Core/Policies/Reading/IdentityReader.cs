using System.Collections.Frozen;
using Tracker.Core.Model;

namespace Tracker.Core.Policies.Reading;

/// <summary>What each kind of identifier says about who someone is.</summary>
internal sealed class IdentityReader(Findings findings)
{
    private const string Path = "$.identity";
    private const int MostProfiles = 100;
    private const int MostOfAKind = 1_000;

    private static readonly NamedBy[] OfPeople = [NamedBy.Person, NamedBy.Household];

    public IdentityRules Read(PolicyDocument.IdentityEntry entry)
    {
        var kinds = new Dictionary<IdentifierKind, KindRule>();
        foreach (var (name, rule) in entry.Kinds)
        {
            var kind = findings.Name<IdentifierKind>(name, $"{Path}.kinds.{name}");
            if (kind != IdentifierKind.Unspecified)
            {
                kinds[kind] = Read(kind, rule, $"{Path}.kinds.{name}");
            }
        }

        foreach (var missing in Enum.GetValues<IdentifierKind>().Where(kind => kind != IdentifierKind.Unspecified && !kinds.ContainsKey(kind)))
        {
            findings.Add($"{Path}.kinds", $"{EnumNames<IdentifierKind>.Of(missing)} has no rule: every kind of identifier has one");
        }

        findings.Check(entry.MaxProfiles is >= 2 and <= MostProfiles, $"{Path}.max_profiles", $"2 to {MostProfiles}");
        return new(entry.MaxProfiles, kinds.ToFrozenDictionary());
    }

    private KindRule Read(IdentifierKind kind, PolicyDocument.IdentifierEntry entry, string path)
    {
        var names = findings.Name<NamedBy>(entry.Names, $"{path}.names");
        var allowed = Allowed(kind);
        findings.Check(names == NamedBy.Unspecified || allowed.Contains(names), $"{path}.names", $"must be {string.Join(" or ", allowed.Select(EnumNames<NamedBy>.Of))}");
        var leads = names != NamedBy.Purchase;
        findings.Check(!leads || entry.Priority is >= 1 and <= 100, $"{path}.priority", "1 to 100");
        findings.Check(!leads || entry.AtMost is >= 1 and <= MostOfAKind, $"{path}.at_most", $"1 to {MostOfAKind} of one profile");
        findings.Check(!entry.Unique || names == NamedBy.Person, $"{path}.unique", "only what names a person can be one of a person's");
        return new(names, entry.Priority, entry.Unique, entry.AtMost);
    }

    private static NamedBy[] Allowed(IdentifierKind kind) => kind switch
    {
        IdentifierKind.Receipt => [NamedBy.Purchase],
        IdentifierKind.Device or IdentifierKind.Cookie => [NamedBy.Machine],
        IdentifierKind.PaymentToken => [NamedBy.Household],
        _ => OfPeople,
    };
}
