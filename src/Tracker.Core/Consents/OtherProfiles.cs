using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;

namespace Tracker.Core.Consents;

/// <summary>
/// What the other profiles of the same person mean for one: every no, and never a yes (E07). So a merge permits nothing that was
/// not permitted before it, and one that is taken back leaves nothing behind that rested on somebody else.
/// </summary>
/// <param name="Noes">Refusals, withdrawals, objections and what became of them, entries in the register of objections.</param>
/// <param name="AreRestricted">One of them is stored and not used (GDPR Art. 18).</param>
/// <param name="Youngest">The age of the youngest of them, where the rules for children are the strictest that any of them lives under; null: none is known.</param>
/// <param name="Numbers">Their identifiers of the kinds that a person has one of.</param>
/// <param name="Gifts">What they were given, with its end: it counts for nothing here, but what it was ended by is kept as long.</param>
/// <param name="Children">The rules of the policy; null: there are no others.</param>
public sealed record OtherProfiles(
    IReadOnlyList<ConsentEntry> Noes,
    bool AreRestricted,
    SubjectAge? Youngest,
    IReadOnlyList<IdentifierHash> Numbers,
    IReadOnlyList<ConsentEntry> Gifts,
    ChildRules? Children = null)
{
    public static readonly OtherProfiles None = new([], AreRestricted: false, Youngest: null, [], []);

    public static OtherProfiles Of(IReadOnlyList<(Control Control, IReadOnlyList<ConsentEntry> Ledger, SubjectAge? Age)> others, Policy policy) => others.Count == 0
        ? None
        : new(
            [.. others.SelectMany(other => other.Ledger).Where(IsNo)],
            others.Any(other => other.Control.IsRestricted),
            others.Select(other => other.Age).OfType<SubjectAge>().DefaultIfEmpty().Aggregate((one, other) => YoungerOf(one!, other!, policy.Children)),
            [.. others.SelectMany(other => NumbersOf(other.Control, policy))],
            [.. others.SelectMany(other => other.Ledger).Where(LedgerStamps.IsBounded)],
            policy.Children);

    /// <summary>The identifiers of a profile that its person has one of.</summary>
    public static IEnumerable<IdentifierHash> NumbersOf(Control control, Policy policy) => control.Identifiers.Where(identifier => policy.Identity.Of(identifier.Kind).IsUnique);

    /// <summary>The ledger of the one profile, as the person's noes have it.</summary>
    public PermissionHistory Fold(IReadOnlyList<ConsentEntry> own, Activity activity) => ConsentHistory.Fold(Join(own), activity);

    /// <summary>The entries of one profile, and the person's noes.</summary>
    public IReadOnlyList<ConsentEntry> Join(IReadOnlyList<ConsentEntry> own) => Noes.Count == 0 ? own : [.. own, .. Noes];

    /// <summary>
    /// Of two that are known the younger counts, also of what was before a birthday: what a minor could not give does not come to life by growing
    /// up; and of two countries the one where they decide alone later (E07, E13). Where the profile itself knows none, it is an age that only bars.
    /// </summary>
    public SubjectAge? AgeOf(SubjectAge? own) => Youngest is null ? own
        : own is null ? Youngest with { IsOfAnother = true }
        : YoungerOf(own, Youngest, Children!);

    /// <summary>With what one of them says in the same micro-batch.</summary>
    public OtherProfiles Hearing(SubjectAge stated) => Children is null ? this : this with { Youngest = Youngest is null ? stated : YoungerOf(Youngest, stated, Children) };

    private static SubjectAge YoungerOf(SubjectAge one, SubjectAge other, ChildRules rules)
    {
        var lived = Stricter(one, other, rules);
        return (one.BirthDate > other.BirthDate ? one : other) with { Country = lived is [.., var last] ? last.Country : "", Residences = lived };
    }

    /// <summary>At each instant where they decide alone later, by what either says; who says nothing bars nothing.</summary>
    private static IReadOnlyList<Residence> Stricter(SubjectAge one, SubjectAge other, ChildRules rules) => (one.Lived, other.Lived) switch
    {
        ([], var lived) => lived,
        (var lived, []) => lived,
        var (ones, others) =>
        [
            .. ones.Concat(others).Select(residence => residence.StatedAt).Distinct().Order()
                .Select(instant => new Residence(rules.Stricter(one.LivedAt(instant)!.Country, other.LivedAt(instant)!.Country), instant)),
        ],
    };

    /// <summary>The profile as the person is treated.</summary>
    public Control Restrict(Control own) => AreRestricted && !own.IsRestricted ? own with { IsRestricted = true } : own;

    /// <summary>It counts for every profile of the person.</summary>
    public static bool IsNo(ConsentEntry entry) => entry.IsRefusal() || entry.Kind == LedgerKind.Objection || entry.ListedSince is not null;
}
